import type { DateLike } from '../../types.js';
import type { DataLevel, ImapTable, Instrument } from '../centre.js';

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
  /**
   * The part after the dot. Filters apply before the server picks the newest: with this one alone, the newest among
   * files of that minor version.
   */
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
