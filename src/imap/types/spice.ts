import type { DateLike } from '../../types.js';
import type { SpiceType } from '../centre.js';

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
