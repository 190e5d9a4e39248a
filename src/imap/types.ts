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
  /** Default `science`, or the table of the name in `filePath`. */
  readonly table?: ImapTable;
  /** Short name such as `mag`: one of {@link INSTRUMENTS}, or one newer than this package. */
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
  /** The part after the dot. Filters apply before the server picks the newest: with this one alone, the newest among files of that minor version. */
  readonly minorVersion?: number | string;
  /** Without a dot: `cdf`, `pkts`. */
  readonly extension?: string;
  /** Carrington rotation. */
  readonly cr?: number;
  /** A full path in the archive, or a bare file name. */
  readonly filePath?: string;
  /** The archive's column `crid`, compared exactly. */
  readonly crid?: string;
  /** Only released, or only unreleased files. Without a credential, only released files are visible. */
  readonly released?: boolean;
}

/** A row of the science, ancillary or quicklook table. */
export interface ImapFile {
  /** Path in the archive, usable with `download`. */
  readonly filePath: string;
  /** The table of the row. */
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
  /** When the archive ingested it (UTC). */
  readonly ingestionDate?: Date;
  /** Whether it is public. */
  readonly released?: boolean;
  /** The archive's column `crid`, compared exactly. */
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
  /** Coverage: files that begin at or before this moment (UTC); a string with a day alone means that whole day. */
  readonly endTime?: DateLike;
  /** First day of ingestion, inclusive. */
  readonly ingestionStartDate?: DateLike;
  /** Last day of ingestion, the whole day. */
  readonly ingestionEndDate?: DateLike;
  /** `latest`, or a version's number. */
  readonly version?: 'latest' | (string & {}) | number;
  /** Only the newest version of each kernel in the whole archive, chosen before the other filters apply. */
  readonly latest?: boolean;
}

/** What a mirror keeps up to date: files of a table, or with `table: 'spice'` kernels and table files of one kind. */
export type ImapMirrorQuery = ImapQuery | (SpiceQuery & Readonly<Record<'table', 'spice'>>);

/** A kernel or table file. */
export interface SpiceFile {
  /** Folder and name as the server gives it: `ck/imap_2025_118_2025_120_009.ah.bc`. */
  readonly fileName: string;
  /** The bare name. */
  readonly name: string;
  /** Path in the archive, usable with `download`. */
  readonly filePath: string;
  /** The kind, such as `attitude_history`. */
  readonly kernelType: string;
  /** The name without its version. */
  readonly fileRoot?: string;
  /** The number in the name: 9 for `imap_2025_118_2025_120_009.ah.bc`; absent if there is none. */
  readonly version?: number;
  /** Start of the coverage. Kernels without their own have the bounds of the mission, 2010 to 2145. */
  readonly minDate?: Date;
  /** End of the coverage (UTC); absent if the server gives none. */
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
  /** When the archive ingested it (UTC); absent if the server does not say. */
  readonly ingestionDate?: Date;
  /** The row as the server sent it, unknown fields included. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** What to look for in a table of spins, repointings or small forces. No entry: all files. */
export interface TableQuery {
  /** A single file: its full path in the archive, or its bare name such as `imap_2025_122_2025_122_01.spin.csv`. */
  readonly filePath?: string;
  /** Files that start on or after this day; the repoint table ignores it. */
  readonly startDate?: DateLike;
  /** Files that end on or before this day (UTC). */
  readonly endDate?: DateLike;
  /** Only the highest version for each time range. */
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
  /** End of the coverage (UTC); absent if the server gives none. */
  readonly endDate?: Date;
  /** Digits as written. */
  readonly version: string;
  /** When the archive ingested it (UTC); absent if the server does not say. */
  readonly ingestionDate?: Date;
  /** The row as the server sent it, unknown fields included. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** Which kernels a metakernel should list. */
export interface MetakernelQuery {
  /** Start of the range that the kernels should cover (UTC). */
  readonly startTime: DateLike;
  /** End of the range that the kernels should cover (UTC), not before `startTime`; a string with a day alone means that whole day. */
  readonly endTime: DateLike;
  /** Folder to prefix to each kernel's path. */
  readonly spicePath?: string;
  /** Return only the names instead of a metakernel. */
  readonly listFiles?: boolean;
  /** Refuse (`RejectedError`, naming the gaps) if the range is not fully covered. */
  readonly requireCoverage?: boolean;
  /** Only these kinds. */
  readonly fileTypes?: readonly (SpiceType | (string & {}))[];
}

/** Which processing jobs to list; nothing: the newest 100. */
export interface ProcessingJobQuery {
  /** Only jobs that are running, succeeded or failed; default: all. */
  readonly status?: 'INPROGRESS' | 'SUCCEEDED' | 'FAILED';
  /** Short name such as `mag`, one of {@link INSTRUMENTS}; default: all. */
  readonly instrument?: Instrument | (string & {});
  /** Level that the jobs produce, such as `l1a`, one of {@link DATA_LEVELS}; default: all. */
  readonly dataLevel?: DataLevel | (string & {});
  /** Descriptor of the product, such as `norm-mago`, in full; default: all. */
  readonly descriptor?: string;
  /** Start day (UTC) of the data, exactly this one; default: all. */
  readonly startDate?: DateLike;
  /** Number of the pointing, from 0; default: all. */
  readonly repointing?: number;
  /** The part of the product's version before the dot, from 0; default: all. */
  readonly majorVersion?: number;
  /** The part of the product's version after the dot, from 0; default: all. */
  readonly minorVersion?: number;
  /** The one job that wrote this log, as `jobLogStreamId` of a {@link ProcessingJob}; default: all. */
  readonly jobLogStreamId?: string;
}

/** A processing job of the Science Data Center. */
export interface ProcessingJob {
  /** `unknown` is any other word; `raw.status` has it. */
  readonly status: 'INPROGRESS' | 'SUCCEEDED' | 'FAILED' | 'unknown';
  /** Short name of the instrument, such as `mag`. */
  readonly instrument: string;
  /** Level that the job produces, such as `l1a`. */
  readonly dataLevel: string;
  /** Descriptor of the product, such as `norm-mago`. */
  readonly descriptor: string;
  /** Start day of the data (midnight, UTC); absent if the server names none. */
  readonly startDate?: Date;
  /** The part of the product's version before the dot; absent if the server names none. */
  readonly majorVersion?: number;
  /** The part of the product's version after the dot; absent if the server names none. */
  readonly minorVersion?: number;
  /** Number of the pointing; absent for products by day. */
  readonly repointing?: number;
  /** Usable with `processingLog`. */
  readonly jobLogStreamId?: string;
  /** When the job began to run (UTC); absent if the server does not say. */
  readonly startedAt?: Date;
  /** When the job ended, successfully or not (UTC); absent if the server does not say, as for a job that is still running. */
  readonly stoppedAt?: Date;
  /** The row as the server sent it, including container, command and definition. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** The log of a processing job. */
export interface ProcessingLog {
  /** The log as text, one event per line; at most the newest megabyte, which is what the server reads. */
  readonly text: string;
  /** The events, if the server sends them one by one instead of as text. */
  readonly events?: readonly JobLogEvent[];
}

/** One event of a job's log. */
export interface JobLogEvent {
  /** What the job wrote. */
  readonly message: string;
  /** When it was written (UTC); absent if the server does not say. */
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
  /** Short name such as `mag`, one of {@link INSTRUMENTS}; default: not limited to one. */
  readonly instrument?: Instrument | (string & {});
  /** Such as `l1a`, one of {@link DATA_LEVELS}; default: not limited to one. */
  readonly dataLevel?: DataLevel | (string & {});
  /** Descriptor of the product, such as `norm-mago`; default: not limited to one. */
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
  /** Put files directly into this folder, instead of the archive's layout in the data directory. */
  readonly directory?: string | URL;
  /** Compare an existing file with the archive (length, digest), and fetch it again if it differs. Default false. */
  readonly verify?: boolean;
  /** Also refuse bodies that do not begin as the format of their name requires (CDF, PNG, zip …). Default false. */
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
  /** Called at most every 100 ms, and once at the end; a retry counts from 0 again. */
  readonly onProgress?: DownloadOptions['onProgress'];
  /** What to do if the archive already has a file with that name: `error` (default), or `accept-identical` to accept an identical one. */
  readonly existing?: 'error' | 'accept-identical';
  /** Wait until queries find the file, at most `deadlineMs`. Default false. */
  readonly waitUntilIndexed?: boolean;
  /** Mark the file as reprocessed by hand; only some servers support this. */
  readonly manuallyReprocessed?: boolean;
}

/** A finished upload. */
export interface ImapUploadResult {
  /** Name of the file in the archive: that of the local file, without directories. */
  readonly name: string;
  /** How many bytes the file has. */
  readonly bytes: number;
  /** `exists`: an identical file was already there. */
  readonly status: 'uploaded' | 'exists';
}

/** What can be downloaded: a name, a path or a row of an answer. */
export type Downloadable = string | ImapFile | SpiceFile | TableFile;
