import type { DateLike } from '../../types.js';

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
