/** A file of the science family: five fields, divided by underscores. */
export interface ScienceName {
  readonly family: 'science' | 'quicklook' | 'dependency';
  readonly name: string;
  readonly key: string;
  readonly instrument: string;
  readonly level: string;
  readonly descriptor: string;
  /** `YYYYMMDD`. */
  readonly start: string;
  readonly repointing: number | null;
  readonly cr: number | null;
  readonly major: number | null;
  readonly minor: number;
  readonly extension: string;
}

/** An ancillary file or a release manifest: no level, an optional end date. */
export interface AncillaryName {
  readonly family: 'ancillary' | 'release';
  readonly name: string;
  readonly key: string;
  readonly instrument: string;
  readonly descriptor: string;
  readonly start: string;
  readonly end: string | null;
  /** `vXXX`. */
  readonly version: string;
  readonly extension: string;
}

/** A kernel or one of the table files that share its folder. */
export interface SpiceName {
  readonly family: 'spice';
  readonly name: string;
  readonly key: string;
  readonly type: string;
  readonly directory: string;
  /** The digits as written; `null` where the name has none. */
  readonly version: string | null;
  /** The name without its version digits. */
  readonly root: string;
  /** Midnight UTC in milliseconds, or `null`. */
  readonly start: number | null;
  readonly end: number | null;
}

export type ArchiveName = ScienceName | AncillaryName | SpiceName;
