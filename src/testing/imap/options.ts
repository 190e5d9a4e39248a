import type { DateLike } from '../../types.js';
import type { LazyBytes } from '../kit/files.js';
import type { ClockOptions, Simulator } from '../kit/types.js';

/** What an API key allows; `read` allows neither uploads nor releases. */
export type ImapKeyScope = 'read' | 'full' | 'ialirt_db' | 'ialirt_external_partner' | 'ialirt_scientist';

/** A file of the simulated archive. */
export interface ImapSampleFile {
  /** A bare file name, or the full key in the bucket (needed for keys outside the naming rules: `packets/…`). */
  readonly name: string;
  /** Default: a small body of the right format, made from the name. */
  readonly body?: string | Uint8Array | LazyBytes;
  /** Default: false for science and quicklook, true for all others. */
  readonly released?: boolean;
  /** When it entered the archive; default: the simulator's present. */
  readonly ingestedAt?: DateLike;
  /** Column `crid` of science rows; default `null`. */
  readonly crid?: string;
  /** Begin and end of a kernel's coverage; default: from the name. */
  readonly coverage?: readonly [DateLike, DateLike];
}

/** A packet of the simulated packet service. */
export interface ImapSamplePacket {
  /** CCSDS application id, 0 to 2047: 1052 for MAG science. */
  readonly apid: number;
  /** Spacecraft time. */
  readonly time: DateLike;
  /** When the ground received it; default 40 s later. */
  readonly ert?: DateLike;
  /** The whole packet; default: a small CCSDS packet of that APID and time. */
  readonly bytes?: Uint8Array;
}

/** A row of `/processing-jobs`; absent columns are `null`, but for the version. */
export interface ImapSampleJob {
  /** State of the batch job; `INPROGRESS` has not ended yet. */
  readonly status: 'INPROGRESS' | 'SUCCEEDED' | 'FAILED';
  /** Lower-case name: `mag`, `swe`, `ultra`. */
  readonly instrument: string;
  /** Level of the product that it makes: `l1a`, `l1b`. */
  readonly data_level: string;
  /** Descriptor of that product: `norm-mago`, `sci`, `45sensor-pset`. */
  readonly descriptor: string;
  /** `YYYYMMDD`. */
  readonly start_date: string;
  /** Number before the point of the product's version; default 0. */
  readonly major_version?: number;
  /** Number after the point of the product's version; default 1. */
  readonly minor_version?: number;
  /** Number of the repointing that the product covers; default `null`: it covers a day. */
  readonly repointing?: number | null;
  /** Name of its log stream, for `/processing-logs`; may hold slashes. Default `null`: it has none yet. */
  readonly job_log_stream_id?: string;
  /** Lines of its log; default none. */
  readonly log?: readonly string[];
  /** When it began, ISO 8601 in UTC without zone: `2026-01-08T02:00:00`; default `null`. */
  readonly started_at?: string;
  /** When it ended, written like `started_at`; default `null`, as while it runs. */
  readonly stopped_at?: string;
}

/** Options of `simulateImap`. */
export interface ImapSimulatorOptions {
  /** API keys that are known: a list (all of scope `full`), or key and scope. Default: one `full`, one `read`. */
  readonly apiKeys?:
    | readonly (
        | string
        | {
            /** The key itself, as the client sends it in `x-api-key`. */
            readonly key: string;
            /** What it may do; default `full`. */
            readonly scope?: ImapKeyScope;
          }
      )[]
    | Readonly<Record<string, ImapKeyScope>>;
  /** Bearer tokens that are accepted. */
  readonly accessTokens?: readonly string[];
  /** Base64 texts of `user:password` that the packet service accepts. */
  readonly webpodaTokens?: readonly string[];
  /** The server: 2026 (HTTP API, three prefixes; default) or 2024 (REST API, no credentials). */
  readonly generation?: '2026' | '2024';
  /** `production` (default): upload and reprocess below `/api-key` only; `dev`: below all prefixes. */
  readonly stage?: 'production' | 'dev';
  /** Instruments and levels that the database takes besides those of the mission's start, for clients that are older. */
  readonly words?: {
    /** Further instruments. */
    readonly instruments?: readonly string[];
    /** Further levels. */
    readonly dataLevels?: readonly string[];
  };
  /** Which seconds `start_time` and `end_time` of kernels may be: `any` (default) or, as in an older server, `whole`. */
  readonly kernelTimes?: 'any' | 'whole';
  /** Whether kernels, metakernel and tables exist below all prefixes (default) or, as in an older server, for the public only. */
  readonly spicePrefixes?: 'all' | 'public';
  /** `/release` takes everything from the manifest's name (default), or wants `release_number` and the dates. */
  readonly releaseContract?: 'manifest' | 'number';
  /** Whether an indexed release manifest shows up in `/query?table=ancillary`; default true. */
  readonly manifestsListed?: boolean;
  /** Sample data; added to the public sample, or instead of it with `replace`. */
  readonly data?: {
    /** Files of the archive: science, quicklook, ancillary, kernels. */
    readonly files?: readonly ImapSampleFile[];
    /** Packets that the packet service gives out. */
    readonly packets?: readonly ImapSamplePacket[];
    /** Rows of `/processing-jobs`, oldest first. */
    readonly jobs?: readonly ImapSampleJob[];
    /** True: the public sample is left out; default false. */
    readonly replace?: boolean;
  };
  /** From the end of an upload until the file is in queries, in simulated milliseconds; default 0. */
  readonly indexingDelayMs?: number;
  /** Delay of the API's answers in real milliseconds; from 30 000 on it answers 503. Default 0. */
  readonly latencyMs?: number;
  /** The largest answer that a query may have; a larger one is a 500. Default 6 MiB; `Infinity` lifts it. */
  readonly maxAnswerBytes?: number;
  /** Lifetime of presigned URLs in seconds; default 86 400 for GET and 3600 for PUT. */
  readonly presignedSeconds?: {
    /** For downloads; default 86 400, a day. */
    readonly get?: number;
    /** For uploads; default 3600, an hour. */
    readonly put?: number;
  };
  /** Headers that a PUT must carry because the URL signs them, such as `{ 'x-amz-tagging': '' }`; `*` is any value. An
   * empty `x-amz-tagging` is signed as `manually_reprocessed=true` where that was asked for. */
  readonly signedHeaders?: Readonly<Record<string, string>>;
  /** Uploads up to this size are kept; of larger ones only length and digest. Default 64 MiB. */
  readonly keepUploadBytes?: number;
  /** How rows look: key order, and further columns that no client knows. */
  readonly rows?: {
    /** Whether the order of the keys differs from row to row; default false. */
    readonly shuffleKeys?: boolean;
    /** Columns that every row gets, by name; one that exists already is overwritten. Default: none. */
    readonly extra?: Readonly<Record<string, unknown>>;
  };
  /** How lines of packet times end; default CRLF. */
  readonly packetLineEnd?: '\r\n' | '\n';
  /** How simulated time passes. */
  readonly clock?: ClockOptions;
}

/** Credentials in the form that the IMAP client takes. */
export interface ImapCredentials {
  /** The first accepted key of scope `full`, else the first of all; for `x-api-key`. Empty where no key is accepted. */
  readonly apiKey: string;
  /** The first accepted bearer token, for `/authorized`; empty where none is accepted. */
  readonly accessToken: string;
  /** The first accepted Base64 text of `user:password` for the packet service; empty where none is accepted. */
  readonly webpodaToken: string;
}

/** The simulated IMAP Science Data Center: API, storage and packet service, three origins. */
export interface ImapSimulator extends Simulator<ImapCredentials> {
  /** The packet service, for clients that do not keep its default address. */
  readonly webpodaUrl: string;
  /** A key that may query and download, but neither upload nor release. */
  readonly readOnlyApiKey: string;
  /** Reprocess messages that were queued, oldest first. */
  readonly reprocessQueue: readonly Readonly<Record<string, string>>[];
  /** Keys of all objects in the bucket, sorted. */
  keys(): string[];
  /** Content of an object; `undefined` if there is none or it was too large to keep. */
  read(key: string): Uint8Array | undefined;
  /** Adds a file to the archive, indexed immediately. */
  addFile(file: ImapSampleFile): void;
  /** Sets the release flag of a file, named by file name or key. */
  setReleased(name: string, released: boolean): void;
  /** The next `times` storage requests are answered 503 SlowDown. */
  slowDown(times: number, method?: 'GET' | 'PUT'): void;
}
