import type { CallOptions, DateLike, DownloadOptions, ClientOptions } from '../types.js';
import type { DataLevel, ImapTable, Instrument, ReleaseType, SpiceType } from './centre.js';

/** Options of the IMAP client. Every one wins over its environment variable. */
export interface ImapOptions extends ClientOptions {
  /** Where downloads go; default `IMAP_DATA_DIR`, else `./data`. */
  readonly dataDir?: string | URL;
  /** Key of the Science Data Center; default `IMAP_API_KEY`. Wins over an access token. */
  readonly apiKey?: string;
  /** Token of the Science Data Center; default `IMAP_ACCESS_TOKEN`. */
  readonly accessToken?: string;
  /** Base64 of `user:password` for the packet service; default `IMAP_WEBPODA_TOKEN`. */
  readonly webpodaToken?: string;
  /** Where the packet service is; default `IMAP_WEBPODA_URL`, else the one at LASP, system `SID1`. */
  readonly webpodaUrl?: string | URL;
}

/** What to look for in the science, ancillary and quicklook tables. At least one besides `table` and `version: 'latest'`. */
export interface ImapQuery {
  /** Default `science`, or what the name in `filePath` says. */
  readonly table?: ImapTable;
  /** Short name such as `mag`: one of {@link INSTRUMENTS}, or one that is newer than this package. */
  readonly instrument?: Instrument | (string & {});
  /** Such as `l1a`: one of {@link DATA_LEVELS}, or a newer one; not in the ancillary table. */
  readonly dataLevel?: DataLevel | (string & {});
  /** The part of the name after the level, such as `norm-mago`. */
  readonly descriptor?: string;
  /** First start date, inclusive. */
  readonly startDate?: DateLike;
  /** Last **start** date, inclusive, in every table. */
  readonly endDate?: DateLike;
  /** First day of ingestion, inclusive. */
  readonly ingestionStartDate?: DateLike;
  /** Last day of ingestion, the whole day. */
  readonly ingestionEndDate?: DateLike;
  /** A number, or `repoint` and five digits. */
  readonly repointing?: number | string;
  /** `latest`; science and quicklook: `vMMM.mmmm` or `vXXX`; ancillary: `vXXX`. */
  readonly version?: string;
  /** Instead of `version`: the part before the dot. */
  readonly majorVersion?: number | string;
  /** Filters act before the server picks the newest: with this one alone, newest among files of that minor version. */
  readonly minorVersion?: number | string;
  /** Without a dot: `cdf`, `pkts`. */
  readonly extension?: string;
  /** Carrington rotation. */
  readonly cr?: number;
  /** A full path in the archive, or a bare file name. */
  readonly filePath?: string;
  /** The archive's column of that name, compared as it is. */
  readonly crid?: string;
  /** Only released, or only unreleased files. Public access sees released files alone. */
  readonly released?: boolean;
}

/** A row of the science, ancillary or quicklook table. */
export interface ImapFile {
  /** Path in the archive, usable with `download`. */
  readonly filePath: string;
  /** Which table the row is of. */
  readonly table: ImapTable;
  /** Short name such as `mag`. */
  readonly instrument: string;
  /** Absent in the ancillary table. */
  readonly dataLevel?: string;
  /** The part of the name after the level. */
  readonly descriptor: string;
  /** `YYYYMMDD`. */
  readonly startDate: string;
  /** `YYYYMMDD`; ancillary files without one are valid until a later file replaces them. */
  readonly endDate?: string;
  /** Number of the pointing. */
  readonly repointing?: number;
  /** Carrington rotation. */
  readonly cr?: number;
  /** `vMMM.mmmm` or `vXXX`. */
  readonly version: string;
  /** The part before the dot; absent for `vXXX`. */
  readonly majorVersion?: number;
  /** The part after the dot, or the number of `vXXX`. */
  readonly minorVersion?: number;
  /** Without a dot. */
  readonly extension: string;
  /** When the archive took it (UTC). */
  readonly ingestionDate?: Date;
  /** Whether the public may have it. */
  readonly released?: boolean;
  /** The archive's column of that name, compared as it is. */
  readonly crid?: string;
  /** The row as the server sent it, unknown fields included. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** What to look for among kernels and table files. */
export interface SpiceQuery {
  /** The kind: one of {@link SPICE_TYPES}, or one that is newer than this package; `kernels` for all kernels. */
  readonly type: SpiceType | (string & {});
  /** A kernel's name; a folder before it is ignored. */
  readonly fileName?: string;
  /** Coverage: files that end at or after this moment (UTC). */
  readonly startTime?: DateLike;
  /** Coverage: files that begin at or before this moment (UTC); a text that is a day alone is that whole day. */
  readonly endTime?: DateLike;
  /** First day of ingestion, inclusive. */
  readonly ingestionStartDate?: DateLike;
  /** Last day of ingestion, the whole day. */
  readonly ingestionEndDate?: DateLike;
  /** `latest`, or a version's number. */
  readonly version?: 'latest' | (string & {}) | number;
  /** The newest version of each kernel of the whole archive, before the other filters act. */
  readonly latest?: boolean;
}

/** A kernel or table file. */
export interface SpiceFile {
  /** Folder and name as the server says it: `ck/imap_2025_118_2025_120_009.ah.bc`. */
  readonly fileName: string;
  /** The bare name. */
  readonly name: string;
  /** Path in the archive, usable with `download`. */
  readonly filePath: string;
  /** The kind, such as `attitude_history`. */
  readonly kernelType: string;
  /** The name without its version. */
  readonly fileRoot?: string;
  /** The number in the name: 9 for `imap_2025_118_2025_120_009.ah.bc`; absent where there is none. */
  readonly version?: number;
  /** Begin of the coverage. Kernels without one of their own carry the bounds of the mission, 2010 to 2145. */
  readonly minDate?: Date;
  /** End of the coverage (UTC); absent where the server gives none. */
  readonly maxDate?: Date;
  /** TDB seconds past J2000. */
  readonly minDateJ2000?: number;
  /** End of the coverage in TDB seconds past J2000; absent for spin, repoint and thruster files. */
  readonly maxDateJ2000?: number;
  /** Coverage without gaps, in TDB seconds past J2000. */
  readonly intervalsJ2000?: readonly (readonly [number, number])[];
  /** Spacecraft clock, such as `1/0512204570:32482`. */
  readonly minDateSclk?: string;
  /** End of the coverage by the spacecraft clock, as `minDateSclk`; absent for spin, repoint and thruster files. */
  readonly maxDateSclk?: string;
  /** Clock kernel with which the server converted the coverage, such as `imap_sclk_0032.tsc`; absent: none named. */
  readonly sclkKernel?: string;
  /** Leapseconds kernel with which the server converted the coverage, such as `naif0012.tls`; absent: none named. */
  readonly lskKernel?: string;
  /** When the archive took it (UTC); absent where the server does not say. */
  readonly ingestionDate?: Date;
  /** The row as the server sent it, unknown fields included. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** What to look for in a table of spins, repointings or small forces. No entry: all files. */
export interface TableQuery {
  /** One file alone: its full path in the archive, or its bare name such as `imap_2025_122_2025_122_01.spin.csv`. */
  readonly filePath?: string;
  /** Files that start at or after this day; the repoint table ignores it. */
  readonly startDate?: DateLike;
  /** Files that end on this day (UTC) or before. */
  readonly endDate?: DateLike;
  /** Only the highest version of each span. */
  readonly latest?: boolean;
  /** First day of ingestion, inclusive. */
  readonly ingestionStartDate?: DateLike;
  /** Last day of ingestion, the whole day. */
  readonly ingestionEndDate?: DateLike;
}

/** A spin, repoint or small-forces file. */
export interface TableFile {
  /** Path in the archive, usable with `download`. */
  readonly filePath: string;
  /** Absent for repoint files, which start with the mission. */
  readonly startDate?: Date;
  /** Where the coverage ends (UTC); absent where the server gives none. */
  readonly endDate?: Date;
  /** Digits as written. */
  readonly version: string;
  /** When the archive took it (UTC); absent where the server does not say. */
  readonly ingestionDate?: Date;
  /** The row as the server sent it, unknown fields included. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** Which kernels a metakernel should list. */
export interface MetakernelQuery {
  /** Begin of the span that the kernels should cover (UTC). */
  readonly startTime: DateLike;
  /** End of the span that the kernels should cover (UTC), not before `startTime`; a text that is a day alone is that whole day. */
  readonly endTime: DateLike;
  /** Written before each kernel's path. */
  readonly spicePath?: string;
  /** Answer with the names alone instead of a metakernel. */
  readonly listFiles?: boolean;
  /** Refuse (`RejectedError`, naming the gaps) when the span is not fully covered. */
  readonly requireCoverage?: boolean;
  /** Only these kinds. */
  readonly fileTypes?: readonly (SpiceType | (string & {}))[];
}

/** Which processing jobs to list; nothing: the newest 100. */
export interface ProcessingJobQuery {
  /** Only jobs that are running, went well or failed; left out: all. */
  readonly status?: 'INPROGRESS' | 'SUCCEEDED' | 'FAILED';
  /** Short name such as `mag`, one of {@link INSTRUMENTS}; left out: all. */
  readonly instrument?: Instrument | (string & {});
  /** Level that the jobs produce, such as `l1a`, one of {@link DATA_LEVELS}; left out: all. */
  readonly dataLevel?: DataLevel | (string & {});
  /** Descriptor of the product, such as `norm-mago`, in full; left out: all. */
  readonly descriptor?: string;
  /** Start day (UTC) of the data, exactly this one; left out: all. */
  readonly startDate?: DateLike;
  /** Number of the pointing, from 0; left out: all. */
  readonly repointing?: number;
  /** The part of the product's version before the dot, from 0; left out: all. */
  readonly majorVersion?: number;
  /** The part of the product's version after the dot, from 0; left out: all. */
  readonly minorVersion?: number;
  /** The one job that wrote this log, as `jobLogStreamId` of a {@link ProcessingJob}; left out: all. */
  readonly jobLogStreamId?: string;
}

/** A processing job of the Science Data Center. */
export interface ProcessingJob {
  /** `unknown` stands for a word that is none of the others; `raw.status` has it. */
  readonly status: 'INPROGRESS' | 'SUCCEEDED' | 'FAILED' | 'unknown';
  /** Short name of the instrument, such as `mag`. */
  readonly instrument: string;
  /** Level that the job produces, such as `l1a`. */
  readonly dataLevel: string;
  /** Descriptor of the product, such as `norm-mago`. */
  readonly descriptor: string;
  /** Start day of the data (midnight, UTC); absent where the server names none. */
  readonly startDate?: Date;
  /** The part of the product's version before the dot; absent where the server names none. */
  readonly majorVersion?: number;
  /** The part of the product's version after the dot; absent where the server names none. */
  readonly minorVersion?: number;
  /** Number of the pointing; absent for products by day. */
  readonly repointing?: number;
  /** Usable with `processingLog`. */
  readonly jobLogStreamId?: string;
  /** When the job began to run (UTC); absent where the server does not say. */
  readonly startedAt?: Date;
  /** When the job ended, well or not (UTC); absent where the server does not say, as for a job that still runs. */
  readonly stoppedAt?: Date;
  /** The row as the server sent it: container, command and definition too. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** The log of a processing job. */
export interface ProcessingLog {
  /** The log as text, one event per line; at most the newest megabyte, which is what the server reads. */
  readonly text: string;
  /** The events, where the server sends them one by one instead of as text. */
  readonly events?: readonly JobLogEvent[];
}

/** One event of a job's log. */
export interface JobLogEvent {
  /** What the job wrote. */
  readonly message: string;
  /** When it was written (UTC); absent where the server does not say. */
  readonly time?: Date;
  /** The event as the server sent it. */
  readonly raw: unknown;
}

/** What to process again. A level needs instrument and descriptor, a descriptor needs an instrument. */
export interface ReprocessQuery {
  /** First start day (UTC) of the data to process again, inclusive. */
  readonly startDate: DateLike;
  /** Inclusive. */
  readonly endDate: DateLike;
  /** Short name such as `mag`, one of {@link INSTRUMENTS}; left out: the request is not limited to one. */
  readonly instrument?: Instrument | (string & {});
  /** Such as `l1a`, one of {@link DATA_LEVELS}; left out: the request is not limited to one. */
  readonly dataLevel?: DataLevel | (string & {});
  /** Descriptor of the product, such as `norm-mago`; left out: the request is not limited to one. */
  readonly descriptor?: string;
}

/** What to release to the public, or to withdraw. */
export interface ReleaseQuery {
  /** `release` or `early-release` opens files to the public, `unrelease` withdraws them. */
  readonly releaseType: ReleaseType;
  /** A local file named `imap_<instrument>_<descriptor>_<start>[_<end>]_vXXX.txt`, one file name per line. */
  readonly manifestFile: string | URL;
}

/** How a release waits for its manifest to be indexed. */
export interface ReleaseOptions extends CallOptions {
  /** Pause between two status checks, in milliseconds; default 2 000. */
  readonly pollIntervalMs?: number;
  /** Longest wait, in milliseconds; default 60 000. */
  readonly deadlineMs?: number;
}

/** Options of IMAP downloads. */
export interface ImapDownloadOptions extends DownloadOptions {
  /** Put files directly into this folder instead of the archive's own layout below the data directory. */
  readonly directory?: string | URL;
  /** Compare a file that is there already with the archive (length, digest), and fetch it again when it differs. Default false. */
  readonly verify?: boolean;
  /** Also refuse bodies that do not begin like the format that their name promises (CDF, PNG, zip …). Default false. */
  readonly checkFormat?: boolean;
}

/** What {@link ImapDownloadOptions.verify} found for a local file. */
export interface VerifiedFile {
  /** Where the local copy is, or would be. */
  readonly path: string;
  /** `same`: in length and, where known, in digest; `different`: see `reason`; `missing`: no local copy. */
  readonly status: 'same' | 'missing' | 'different';
  /** What differs, in words. */
  readonly reason?: string;
  /** Length of the local copy in bytes; absent when it is missing. */
  readonly bytes?: number;
  /** Length in the archive. */
  readonly remoteBytes?: number;
  /** Whether a digest could be compared; otherwise only the length was. */
  readonly digest: boolean;
}

/** Options of an upload. */
export interface ImapUploadOptions extends ReleaseOptions {
  /** Called at most every 100 ms, and once at the end; a further attempt counts from 0 again. */
  readonly onProgress?: DownloadOptions['onProgress'];
  /** What to do when the archive holds a file of that name: `error` (default), or `accept-identical` when it is the same. */
  readonly existing?: 'error' | 'accept-identical';
  /** Wait until the file shows up in queries, at most `deadlineMs`. Default false. */
  readonly waitUntilIndexed?: boolean;
  /** Mark the file as reprocessed by hand; only some servers understand it. */
  readonly manuallyReprocessed?: boolean;
}

/** A finished upload. */
export interface ImapUploadResult {
  /** The name that the archive knows the file by: that of the local file, without directories. */
  readonly name: string;
  /** How many bytes the file has. */
  readonly bytes: number;
  /** `exists`: an identical file was there already. */
  readonly status: 'uploaded' | 'exists';
}

/** What can be downloaded: a name, a path or a row of an answer. */
export type Downloadable = string | ImapFile | SpiceFile | TableFile;
