import type { DateLike } from '../../types.js';
import { EXTENSIONS, INSTRUMENTS } from '../centre.js';
import { baseName, InvalidImapFileName, refuse, unlisted } from './invalid.js';
import { DAY_MS, parseDay, toDay, toMoment } from './days.js';
import { wrongDay } from './science-family.js';
import { Version } from './version.js';

/** The parts from which an ancillary or release name is built. */
export interface AncillaryFileParts {
  /** Short name such as `mag`, one of {@link INSTRUMENTS}. */
  readonly instrument: string;
  /** What the file is, such as `l1b-cal` or, for a manifest, `data-release-001`; no underscore or slash. */
  readonly descriptor: string;
  /** First day (UTC) for which the file is valid; a time of day is dropped. */
  readonly startDate: DateLike;
  /** Left out: open-ended. */
  readonly endDate?: DateLike | undefined;
  /** `vXXX`, or its number. */
  readonly version: string | number;
  /** Without a dot: `cdf` or another of `EXTENSIONS.ancillary`; for a manifest `txt`. */
  readonly extension: string;
}

/** What ancillary files and release manifests share. */
export abstract class AncillaryFamilyPath {
  /** The file's name, without directories. */
  readonly name: string;
  /** The first part of the name, always `imap`. */
  readonly mission = 'imap';
  /** Short name such as `mag`, one of {@link INSTRUMENTS}. */
  readonly instrument: string;
  /** What the file is, such as `l1b-cal`; for a manifest such as `data-release-001`. */
  readonly descriptor: string;
  /** `YYYYMMDD`. */
  readonly startDate: string;
  /** `YYYYMMDD`; absent: valid until a later file replaces it. */
  declare readonly endDate?: string;
  /** `vXXX`. */
  readonly version: string;
  /** Without a dot, such as `cdf`; for a manifest `txt`. */
  readonly extension: string;

  /** Folder below the data directory that holds the instruments' folders. */
  protected abstract readonly root: string;

  protected constructor(name: string, extensions: readonly string[]) {
    this.name = baseName(name);
    const match = grammar(extensions).exec(this.name);
    if (match === null) {
      const text = `Filename ${this.name} does not match expected pattern: ${EXPECTED}`;
      refuse(this.name, [{ reason: 'pattern', text }]);
    }
    const [, instrument = '', descriptor = '', startDate = '', endDate, version = '', extension = ''] = match ?? [];
    refuse(this.name, [
      unlisted(instrument, INSTRUMENTS, 'instrument', 'instrument'),
      unlisted(extension, extensions, 'extension', 'extension'),
      wrongDay(startDate, 'start date'),
      endDate === undefined ? undefined : wrongDay(endDate, 'end date'),
    ]);
    this.instrument = instrument;
    this.descriptor = descriptor;
    this.startDate = startDate;
    if (endDate !== undefined) this.endDate = endDate;
    this.version = version;
    this.extension = extension;
  }

  /** The number in the version. */
  get minorVersion(): number {
    return Version.parse(this.version).minor;
  }

  /** Where the archive keeps the file: relative, with `/`; the same below the local data directory. */
  path(): string {
    return `${this.root}/${this.instrument}/${this.name}`;
  }

  /**
   * Whether the file is valid at a moment: from its start date on, until midnight (UTC) at which its end date begins.
   *
   * @param date - A moment; a text without zone is UTC.
   * @param options - `wholeDay`: the last day counts to its end.
   */
  isValidForStartDate(date: DateLike, options: { readonly wholeDay?: boolean } = {}): boolean {
    const moment = toMoment(date, 'isValidForStartDate: date');
    const start = parseDay(this.startDate) ?? Number.NaN;
    const end = this.endDate === undefined ? Infinity : (parseDay(this.endDate) ?? Number.NaN);
    return moment >= start && (options.wholeDay === true ? moment < end + DAY_MS : moment <= end);
  }

  /** The name. */
  toString(): string {
    return this.name;
  }
}

/** A calibration or other supporting file, such as `imap_mag_l1b-cal_20250101_v001.cdf`. */
export class AncillaryFilePath extends AncillaryFamilyPath {
  /** Tells the classes of file names apart; here always `ancillary`. */
  readonly kind = 'ancillary';
  protected override readonly root = 'imap/ancillary';

  /**
   * @param name - A name or path; directories are ignored.
   * @throws `InvalidImapFileName`
   */
  constructor(name: string) {
    super(name, EXTENSIONS.ancillary);
  }

  /**
   * Builds a name.
   *
   * @throws `InvalidImapFileName` for parts that no name can hold, `RangeError` for versions out of range.
   */
  static generate(parts: AncillaryFileParts): AncillaryFilePath {
    return new AncillaryFilePath(buildName(parts));
  }
}

/** A manifest of files to release, such as `imap_hit_data-release-001_20260101_20260131_v001.txt`. */
export class ReleaseFilePath extends AncillaryFamilyPath {
  /** Tells the classes of file names apart; here always `release`. */
  readonly kind = 'release';
  protected override readonly root = 'imap/release';

  /**
   * @param name - A name or path; directories are ignored.
   * @throws `InvalidImapFileName`
   */
  constructor(name: string) {
    super(name, EXTENSIONS.release);
  }

  /**
   * Builds a name; extension `txt` unless given.
   *
   * @throws `InvalidImapFileName` for parts that no name can hold, `RangeError` for versions out of range.
   */
  static generate(parts: Omit<AncillaryFileParts, 'extension'> & { readonly extension?: string }): ReleaseFilePath {
    return new ReleaseFilePath(buildName({ extension: 'txt', ...parts }));
  }
}

const EXPECTED =
  '<mission>_<instrument>_<description>_<start_date>(_<end_date>)_<version>.<extension>, where version is vXXX';
const grammars = new Map<readonly string[], RegExp>();

function grammar(extensions: readonly string[]): RegExp {
  const known = grammars.get(extensions);
  if (known !== undefined) return known;
  const all = [...extensions, ...EXTENSIONS.quicklook].join('|');
  const made = new RegExp(`^imap_([^_]+)_([^_]+)_([0-9]{8})(?:_([0-9]{8}))?_(v[0-9]{3})\\.(${all})$`);
  grammars.set(extensions, made);
  return made;
}

function buildName({ instrument, descriptor, startDate, endDate, version, extension }: AncillaryFileParts): string {
  const start = toDay(startDate, 'startDate');
  const end = endDate === undefined ? '' : `_${toDay(endDate, 'endDate')}`;
  const form = new Version(undefined, version).toString();
  const name = `imap_${instrument}_${descriptor}_${start}${end}_${form}.${extension}`;
  if (/[/\\_]/u.test(`${instrument}${descriptor}`)) {
    const text = `${JSON.stringify(name)}: neither instrument nor descriptor may hold a slash or underscore`;
    throw new InvalidImapFileName(text, name, 'pattern');
  }
  return name;
}

/**
 * The ancillary file that applies to a moment: a bounded file covers its days to the end of the last one, an
 * open-ended file lasts until the next open-ended one starts; among those that cover the moment the highest
 * version wins, then the later start.
 *
 * @param files - Files of one instrument and descriptor.
 * @returns `undefined` where none covers the moment.
 */
export function selectAncillary(files: Iterable<AncillaryFilePath>, date: DateLike): AncillaryFilePath | undefined {
  const moment = toMoment(date, 'selectAncillary: date');
  const all = [...files];
  const openStarts = all.filter(({ endDate }) => endDate === undefined).map(startOf);
  const lastOpen = Math.max(...openStarts.filter((start) => start <= moment));
  const covering = all.filter((file) => {
    const start = startOf(file);
    if (file.endDate === undefined) return start === lastOpen;
    return start <= moment && moment < (parseDay(file.endDate) ?? Number.NaN) + DAY_MS;
  });
  return covering.sort((a, b) => b.minorVersion - a.minorVersion || startOf(b) - startOf(a))[0];
}

function startOf({ startDate }: AncillaryFilePath): number {
  return parseDay(startDate) ?? Number.NaN;
}
