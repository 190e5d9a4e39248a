import { defined } from '../../core/util/defined.js';
import type { DateLike } from '../../types.js';
import { DATA_LEVELS, INSTRUMENTS } from '../centre.js';
import { baseName, refuse, unlisted, type Complaint } from './invalid.js';
import { DAY_MS, parseDay, toMoment } from './days.js';
import { Version } from './version.js';

const GRAMMAR =
  /^imap_([^_]+)_([^_]+)_([^_]+)_([0-9]{8})(?:-(?:repoint([0-9]{5})|cr([0-9]{5})))?_(v[0-9]{3}(?:\.[0-9]{4})?)\.([^.]+)$/;
const EXPECTED =
  '<mission>_<instrument>_<datalevel>_<descriptor>_<startdate>(-<repointing>)_<version>.<extension>, where version is vMMM.mmmm or vXXX';

/** The parts of a name of the science family, before their values are checked. */
export interface ScienceNameParts {
  /** The first part of the name, always `imap`. */
  readonly mission: 'imap';
  /** As written, such as `mag`; may be none of {@link INSTRUMENTS}. */
  readonly instrument: string;
  /** As written, such as `l1a`; may be none of {@link DATA_LEVELS}. */
  readonly dataLevel: string;
  /** The part of the name after the level, such as `norm-mago`. */
  readonly descriptor: string;
  /** `YYYYMMDD`. */
  readonly startDate: string;
  /** Number of the pointing, from 0; absent where the name has none. */
  readonly repointing?: number;
  /** Carrington rotation. */
  readonly cr?: number;
  /** `vMMM.mmmm`, or the old form `vXXX` without a major version. */
  readonly version: Version;
  /** The text after the last dot, as written; may be one that no class of names takes. */
  readonly extension: string;
}

/**
 * Takes a name apart by grammar alone: instrument, level, date and extension may be wrong.
 *
 * @throws `InvalidImapFileName` when the grammar does not fit.
 */
export function scienceNameParts(name: string): ScienceNameParts {
  const base = baseName(name);
  const match = GRAMMAR.exec(base);
  if (match === null) {
    const text = `Filename ${base} does not match expected pattern: ${EXPECTED}`;
    refuse(base, [{ reason: 'pattern', text }]);
  }
  const [
    ,
    instrument = '',
    dataLevel = '',
    descriptor = '',
    startDate = '',
    repointing,
    cr,
    version = '',
    extension = '',
  ] = match ?? [];
  return defined({
    mission: 'imap',
    instrument,
    dataLevel,
    descriptor,
    startDate,
    repointing: repointing === undefined ? undefined : Number(repointing),
    cr: cr === undefined ? undefined : Number(cr),
    version: Version.parse(version),
    extension,
  });
}

/** What science, quicklook and dependency files share: one grammar, one folder layout. */
export abstract class ScienceFamilyPath {
  /** The file's name, without directories. */
  readonly name: string;
  /** The first part of the name, always `imap`. */
  readonly mission = 'imap';
  /** Short name such as `mag`, one of {@link INSTRUMENTS}. */
  readonly instrument: string;
  /** Processing level such as `l1a`, one of {@link DATA_LEVELS}. */
  readonly dataLevel: string;
  /** The part of the name after the level: what the product is, such as `norm-mago` or `45sensor-pset`. */
  readonly descriptor: string;
  /** `YYYYMMDD`. */
  readonly startDate: string;
  /** Number of the pointing; absent for files by day. */
  declare readonly repointing?: number;
  /** Carrington rotation; absent for files by day. */
  declare readonly cr?: number;
  /** Absent in the old form `vXXX`. */
  declare readonly majorVersion?: number;
  /** The part of the version after the dot, or the number of the old form `vXXX`. */
  readonly minorVersion: number;
  /** Without a dot: `cdf` or `pkts` for science, `png`, `jpg` or `pdf` for quicklook, `json` for dependency. */
  readonly extension: string;
  /** Major and minor together, comparable with `Version.compare`. */
  readonly version: Version;

  /** Folder below the data directory that holds the instruments' folders. */
  protected abstract readonly root: string;

  protected constructor(name: string, extensions: readonly string[]) {
    this.name = baseName(name);
    const parts = scienceNameParts(this.name);
    refuse(this.name, [
      unlisted(parts.instrument, INSTRUMENTS, 'instrument', 'instrument'),
      unlisted(parts.dataLevel, DATA_LEVELS, 'data level', 'data_level'),
      wrongDay(parts.startDate, 'start date'),
      unlisted(parts.extension, extensions, 'extension', 'extension'),
    ]);
    this.instrument = parts.instrument;
    this.dataLevel = parts.dataLevel;
    this.descriptor = parts.descriptor;
    this.startDate = parts.startDate;
    if (parts.repointing !== undefined) this.repointing = parts.repointing;
    if (parts.cr !== undefined) this.cr = parts.cr;
    if (parts.version.major !== undefined) this.majorVersion = parts.version.major;
    this.minorVersion = parts.version.minor;
    this.version = parts.version;
    this.extension = parts.extension;
  }

  /** Where the archive keeps the file: relative, with `/`; the same below the local data directory. */
  path(): string {
    const month = `${this.startDate.slice(0, 4)}/${this.startDate.slice(4, 6)}`;
    return `${this.root}/${this.instrument}/${this.dataLevel}/${month}/${this.name}`;
  }

  /**
   * Whether the file is the one for processing that starts at a moment: exactly midnight (UTC) of its start date.
   *
   * @param date - A moment; a text without zone is UTC.
   * @param options - `wholeDay`: any moment of the day counts.
   */
  isValidForStartDate(date: DateLike, options: { readonly wholeDay?: boolean } = {}): boolean {
    const moment = toMoment(date, 'isValidForStartDate: date');
    const start = parseDay(this.startDate) ?? Number.NaN;
    return options.wholeDay === true ? moment >= start && moment < start + DAY_MS : moment === start;
  }

  /** The name. */
  toString(): string {
    return this.name;
  }
}

/** A complaint when a text is not a day of the calendar. */
export function wrongDay(day: string, what: string): Complaint | undefined {
  if (parseDay(day) !== undefined) return undefined;
  return { reason: 'date', text: `Invalid ${what} format. Please use YYYYMMDD format` };
}
