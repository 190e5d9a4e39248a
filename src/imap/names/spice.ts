import { defined } from '../../core/util/defined.js';
import type { DateLike } from '../../types.js';
import type { SpiceType } from '../centre.js';
import { baseName, refuse, InvalidImapFileName } from './invalid.js';
import { dayMs, formatDay, parseDay, parseDayOfYear, toMoment } from './days.js';
import { buildSpiceName, type SpiceFileParts } from './spice-build.js';
import { SPICE_PATTERNS, SPICE_SUFFIXES, type SpiceDateForm, type SpicePattern } from './spice-patterns.js';

/** How strictly a name is read. */
export interface NameOptions {
  /**
   * Read kernel names as loosely as the Python package: text after the extension is ignored, and day 366 of a common
   * year is 1 January of the next. Default false.
   */
  readonly lax?: boolean;
}

/** What a kernel's name says. Dates are `YYYY-MM-DD`. */
export interface SpiceMetadata {
  /** The kind of the file: `naif0012.tls` is `leapseconds`. */
  readonly type: SpiceType;
  /** The digits as written; may be empty; absent where the name has none. */
  readonly version: string | undefined;
  /** First day of the coverage; a metakernel of a year has 1 January. Undefined where the name has none. */
  readonly startDate: string | undefined;
  /** Last day of the coverage, as of a repoint table; undefined where the name has none. */
  readonly endDate: string | undefined;
  /** The text after the last dot. */
  readonly extension: string;
  /** Only of `earth_attitude`: from when on it is a prediction. */
  readonly predictionStartDate?: string;
}

/** A kernel or table file, such as `imap_2025_118_2025_120_009.ah.bc` or `naif0012.tls`. */
export class SpiceFilePath {
  /** Tells the classes of file names apart; here always `spice`. */
  readonly kind = 'spice';
  /** The file's name, without directories; its letter case is kept. */
  readonly name: string;
  /** All that the name says: kind, version, dates and extension. */
  readonly metadata: SpiceMetadata;
  readonly #directory: string;

  /**
   * @param name - A name or path; directories are ignored.
   * @throws `InvalidImapFileName`
   */
  constructor(name: string, options: NameOptions = {}) {
    this.name = baseName(name);
    const lax = options.lax ?? false;
    const { suffix, version, dates } = read(this.name, lax);
    const known = SPICE_SUFFIXES.get(suffix);
    if (known === undefined) {
      const text = `Invalid SPICE file type ${suffix}: expected one of ${[...SPICE_SUFFIXES.keys()].join(', ')}`;
      throw new InvalidImapFileName(`${JSON.stringify(this.name)}: ${text}`, this.name, 'spice_type');
    }
    const [type, directory] = known;
    this.#directory = directory;
    const [startDate, endDate, prediction] = dates(this.name);
    this.metadata = {
      type,
      version,
      startDate,
      endDate,
      extension: this.name.slice(this.name.lastIndexOf('.') + 1),
      ...defined({ predictionStartDate: prediction }),
    };
  }

  /**
   * Builds a kernel's name.
   *
   * @throws `InvalidImapFileName` for parts that no name can hold.
   */
  static generate(parts: SpiceFileParts): SpiceFilePath {
    return new SpiceFilePath(buildSpiceName(parts));
  }

  /** The kind of the file, such as `attitude_history`. */
  get type(): SpiceType {
    return this.metadata.type;
  }

  /** The digits as written. */
  get version(): string | undefined {
    return this.metadata.version;
  }

  /** `YYYY-MM-DD`. */
  get startDate(): string | undefined {
    return this.metadata.startDate;
  }

  /** `YYYY-MM-DD`. */
  get endDate(): string | undefined {
    return this.metadata.endDate;
  }

  /** The text after the last dot: `bc` for `imap_2025_118_2025_120_009.ah.bc`. */
  get extension(): string {
    return this.metadata.extension;
  }

  /** Where the archive keeps the file: relative, with `/`; the same below the local data directory. */
  path(): string {
    return `imap/spice/${this.#directory}/${this.name}`;
  }

  /** Kernels are valid for every start date. */
  isValidForStartDate(date: DateLike): boolean {
    return !Number.isNaN(toMoment(date, 'isValidForStartDate: date'));
  }

  /** The name. */
  toString(): string {
    return this.name;
  }
}

type Dates = readonly [start: string | undefined, end: string | undefined, prediction: string | undefined];

interface ReadName {
  readonly suffix: string;
  readonly version: string | undefined;
  /** Read after the type was checked, as the order of the checks wants it. */
  readonly dates: (name: string) => Dates;
}

const compiled = new Map<string, RegExp>();

function grammarOf(pattern: SpicePattern, lax: boolean): RegExp {
  const source = `^${pattern.grammar}${lax ? '' : '$'}`;
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const made = new RegExp(source, pattern.sameCase === true ? '' : 'i');
  compiled.set(source, made);
  return made;
}

function read(name: string, lax: boolean): ReadName {
  for (const pattern of SPICE_PATTERNS) {
    const match = grammarOf(pattern, lax).exec(name);
    if (match === null) continue;
    const group = (what: SpicePattern['groups'][number]): string | undefined => {
      const at = pattern.groups.indexOf(what);
      return at < 0 ? undefined : match[at + 1];
    };
    return {
      suffix: group('suffix') ?? '',
      version: group('version'),
      dates: (base) => [
        dateOf(group('start'), pattern.dates, lax, base),
        dateOf(group('end'), pattern.dates, lax, base),
        dateOf(group('prediction'), pattern.dates, lax, base),
      ],
    };
  }
  const types = [...new Set([...SPICE_SUFFIXES.values()].map(([type]) => type))].join(', ');
  const text = `Invalid SPICE file. Expected file to have one of the following file types: ${types}`;
  refuse(name, [{ reason: 'pattern', text }]);
  throw new InvalidImapFileName(text, name, 'pattern');
}

function dateOf(
  text: string | undefined,
  form: SpiceDateForm | undefined,
  lax: boolean,
  name: string,
): string | undefined {
  if (text === undefined || form === undefined) return undefined;
  const ms = momentOf(text, form, lax);
  if (ms === undefined) {
    const message = `${JSON.stringify(name)}: invalid date ${text} in the file name; ensure that the date exists`;
    throw new InvalidImapFileName(message, name, 'date');
  }
  const day = formatDay(ms);
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
}

function momentOf(text: string, form: SpiceDateForm, lax: boolean): number | undefined {
  switch (form) {
    case 'day':
      return parseDay(text);
    case 'year':
      return dayMs(Number(text), 1, 1);
    case 'year-day':
      return parseDayOfYear(Number(text.slice(0, 4)), Number(text.slice(5)), lax);
    case 'short-day': {
      const year = Number(text.slice(0, 2));
      return dayMs(year + (year >= 69 ? 1900 : 2000), Number(text.slice(2, 4)), Number(text.slice(4)));
    }
  }
}
