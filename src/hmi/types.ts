import type { CallOptions, ClientOptions, DateLike, DownloadOptions, MirrorOptions } from '../types.js';

/** Options of an {@link HmiClient}. `baseUrl` falls back to `HMI_BASE_URL`, then to `http://localhost:8001`, the tunnel of the tutorial. */
export interface HmiOptions extends ClientOptions {
  /**
   * The address from which a link of the service is fetched.
   *
   * `true` (default): the path from `/HMI/` on, appended to `baseUrl`; no other host is ever contacted, which is what a tunnel needs.
   * `false`: the link unchanged, if its origin is that of `baseUrl`, one of the project's own, or in `allowedOrigins`.
   * A function returns the address for each link.
   */
  readonly rebaseUrls?: boolean | ((link: URL) => string | URL);
  /** Other origins, such as `http://data.example:8001`, that links may lead to with `rebaseUrls: false`. */
  readonly allowedOrigins?: Iterable<string | URL>;
  /** Shortest pause between the starts of two requests for lists, metadata batches or files, in milliseconds; default 0. */
  readonly politeDelayMs?: number;
}

/** What to list. */
export interface HmiQuery {
  /** Start, inclusive. ISO 8601 or `2015.12.11_00:00:00_TAI`. */
  readonly start: DateLike;
  /** End, exclusive. */
  readonly end: DateLike;
  /** Only these HARPs. A record without a HARP number (generations 1 and 2) is left out, with a warning on its page. */
  readonly harpnum?: number | readonly number[];
  /** Only files of these segments; names are case-sensitive. A file without a segment name (generation 1) stays. */
  readonly segments?: readonly string[];
  /** Only slots at multiples of this many minutes, itself a multiple of 12: `60` keeps the slots on the hour (TAI). */
  readonly cadenceMinutes?: number;
  /** Bits of `quality` to tolerate: 0 keeps only good records. Default `'any'`: no filter. */
  readonly quality?: number | 'any';
  /** Include the keywords in the list. Slow for the service: prefer {@link HmiClient.meta}. Default: not sent. */
  readonly meta?: boolean;
  /** Length of one request's time range in milliseconds, whole seconds; default one day. */
  readonly sliceMs?: number;
  /** Any other condition: keeps the records for which it returns true. */
  readonly filter?: (record: HmiRecord) => boolean;
}

/** Keywords of a record, as the service names them (lower case). */
export type HmiKeywords = Record<string, string | number>;

/** One record: an observation of one HARP (or of the full disk), whatever generation of the service lists it. */
export interface HmiRecord {
  /** The series that the record names: `hmi.sharp_720s`; the requested name if it names none. */
  readonly series: string;
  /** Time of the observation, rounded to milliseconds; {@link HmiRecord.dateObsText} has all digits. */
  readonly dateObs: Date;
  /** Time of the observation exactly as printed by the service. */
  readonly dateObsText: string;
  /** Record number, unique within its series only. */
  readonly recnum?: number;
  /** Number of the HARP; near-real-time and definitive series number differently. */
  readonly harpnum?: number;
  /** Slot number of `T_REC`; see {@link tRecIndexToDate}. */
  readonly tRecIndex?: number;
  /** Bit mask; 0 is good. */
  readonly quality?: number;
  /** One file per segment, in the service's order; with `segments` in the query, only those. `[]` if there are none. */
  readonly files: HmiFile[];
  /** Keywords that came with the list, as `meta: true` in the query asks for; absent where none were sent. */
  readonly meta?: HmiKeywords;
  /** The record as received. */
  readonly raw: unknown;
}

/** One file of a record. */
export interface HmiFile {
  /** Its address. */
  readonly url: string;
  /** Name of the segment, case-sensitive: `magnetogram`, `Br`; absent in generation 1. */
  readonly segment?: string;
  /** The record that it belongs to; not enumerable, so that records can be printed as JSON. */
  readonly record: HmiRecord;
}

/** How to name a file on disk: a unique name, the server's own made safe, or by a function (a plain file name, made safe too). */
export type HmiFileName<F> = 'unique' | 'server' | ((file: F) => string);

/** Options of {@link HmiClient.download}. */
export interface HmiDownloadOptions extends DownloadOptions {
  /** Only these segments, case-sensitive; default all. A record that has files but not this one fails as {@link ProductNotAvailable}. */
  readonly segments?: readonly string[];
  /** Default `'unique'`: `<series>.<harpnum>.<yyyymmdd_hhmmss>.<recnum>.<segment>.fits`. */
  readonly fileName?: HmiFileName<HmiFile>;
}

/** Options of {@link HmiClient.mirror}. */
export interface HmiMirrorOptions extends MirrorOptions {
  /** Where the copy is. */
  readonly directory: string | URL;
}

/** Options of {@link HmiClient.downloadFile}. */
export interface HmiDownloadFileOptions extends DownloadOptions {
  /** Default `'unique'`: made from the link, `<series>.<recnum>.<segment>.fits`. */
  readonly fileName?: HmiFileName<string>;
}

/** Options of {@link HmiClient.meta}. */
export interface HmiMetaOptions extends CallOptions {
  /** Records per request, 1 to 500; default 100. */
  readonly batchSize?: number;
}

/** Keywords by record number, and the records that the service does not have. */
export interface HmiMeta extends Map<number, HmiKeywords> {
  /** Requested record numbers that the service does not have. */
  readonly missing: readonly number[];
}

/** Options of {@link HmiClient.nearest}. */
export interface HmiNearestOptions extends CallOptions, Omit<HmiQuery, 'start' | 'end' | 'sliceMs'> {
  /** How far to look in both directions, in milliseconds; default 6 hours. */
  readonly withinMs?: number;
}

/** Options of {@link HmiClient.latest}. */
export interface HmiLatestOptions extends CallOptions, Omit<HmiQuery, 'start' | 'end' | 'sliceMs'> {
  /** Look for the latest slot before this time; default now. */
  readonly before?: DateLike;
  /** How far to look back, in milliseconds; default 30 days. */
  readonly withinMs?: number;
}
