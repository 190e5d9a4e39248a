import { EXTENSIONS } from '../centre.js';
import { ScienceFamilyPath } from './science-family.js';
import type { DateLike } from '../../types.js';
import { toDay } from './days.js';
import { InvalidImapFileName } from './invalid.js';
import { Version } from './version.js';

/**
 * A science file, such as `imap_mag_l1a_burst_20210101_v001.0001.cdf`.
 *
 * @example
 * ```ts
 * import { ScienceFilePath } from '@lab/sdc/imap';
 *
 * const file = new ScienceFilePath('imap_glows_l3a_test_20210101-cr00023_v000.0001.cdf');
 * console.log(file.cr, file.path()); // 23 imap/glows/l3a/2021/01/imap_glows_l3a_test_20210101-cr00023_v000.0001.cdf
 * ```
 */
export class ScienceFilePath extends ScienceFamilyPath {
  /** Tells the classes of file names apart; here always `science`. */
  readonly kind = 'science';
  protected override readonly root = 'imap';

  /**
   * @param name - A name or path; directories are ignored.
   * @throws `InvalidImapFileName`
   */
  constructor(name: string) {
    super(name, EXTENSIONS.science);
  }

  /**
   * Builds a name; default extension `cdf`, level `l0` always `pkts`.
   *
   * @throws `InvalidImapFileName` for parts that no name can hold, `RangeError` for versions out of range.
   */
  static generate(parts: ScienceFileParts): ScienceFilePath {
    return new ScienceFilePath(buildScienceName(parts, 'cdf'));
  }
}

/** A quicklook plot: a science name with extension `png`, `jpg` or `pdf`. */
export class QuicklookFilePath extends ScienceFamilyPath {
  /** Tells the classes of file names apart; here always `quicklook`. */
  readonly kind = 'quicklook';
  protected override readonly root = 'imap/quicklook';

  /**
   * @param name - A name or path; directories are ignored.
   * @throws `InvalidImapFileName`
   */
  constructor(name: string) {
    super(name, EXTENSIONS.quicklook);
  }

  /**
   * Builds a name; the extension must be given.
   *
   * @throws `InvalidImapFileName` for parts that no name can hold, `RangeError` for versions out of range.
   */
  static generate(parts: ScienceFileParts): QuicklookFilePath {
    return new QuicklookFilePath(buildScienceName(parts, undefined));
  }
}

/** A list of inputs of one processing job: a science name with extension `json`. */
export class DependencyFilePath extends ScienceFamilyPath {
  /** Tells the classes of file names apart; here always `dependency`. */
  readonly kind = 'dependency';
  protected override readonly root = 'imap/dependency';

  /**
   * @param name - A name or path; directories are ignored.
   * @throws `InvalidImapFileName`
   */
  constructor(name: string) {
    super(name, EXTENSIONS.dependency);
  }

  /**
   * Builds a name; default extension `json`.
   *
   * @throws `InvalidImapFileName` for parts that no name can hold, `RangeError` for versions out of range.
   */
  static generate(parts: ScienceFileParts): DependencyFilePath {
    return new DependencyFilePath(buildScienceName(parts, 'json'));
  }
}

/** The parts from which a name of the science family is built. */
export interface ScienceFileParts {
  /** Short name such as `mag`, one of {@link INSTRUMENTS}. */
  readonly instrument: string;
  /** Level `l0` always has the extension `pkts`. */
  readonly dataLevel: string;
  /** What the product is, such as `norm-mago`; for raw packets `raw`. No underscore or slash. */
  readonly descriptor: string;
  /** Day (UTC) on which the data start; a time of day is dropped. */
  readonly startDate: DateLike;
  /** `vMMM.mmmm` or `vXXX`; or give `majorVersion` and `minorVersion`. */
  readonly version?: string | Version;
  /** Left out: the old form `vXXX`. */
  readonly majorVersion?: number | string | undefined;
  /** 0 to 9999, or to 999 without `majorVersion`; needed unless `version` is given, which wins. */
  readonly minorVersion?: number | string;
  /** Without a dot. Default `cdf` for science, `json` for dependency; quicklook needs one. */
  readonly extension?: string;
  /** A number, or `repoint` and five digits; not together with `cr`. */
  readonly repointing?: number | string | undefined;
  /** Carrington rotation, 1 or more; not together with `repointing`. */
  readonly cr?: number | undefined;
}

const REPOINT = /^repoint[0-9]{5}$/;

/**
 * Builds a name of the science family.
 *
 * @throws `InvalidImapFileName` for parts that no name can hold, `RangeError` for versions out of range.
 */
function buildScienceName(parts: ScienceFileParts, defaultExtension: string | undefined): string {
  const version = versionOf(parts);
  const extension = parts.dataLevel === 'l0' ? 'pkts' : (parts.extension ?? defaultExtension);
  const day = toDay(parts.startDate, 'startDate');
  const stem = `imap_${parts.instrument}_${parts.dataLevel}_${parts.descriptor}_${day}`;
  const interval = intervalOf(parts, stem);
  const name = `${stem}${interval}_${version.toString()}.${extension ?? ''}`;
  if (/[/\\]/u.test(name)) {
    throw new InvalidImapFileName(`${JSON.stringify(name)}: no part of a name may hold a slash`, name, 'pattern');
  }
  return name;
}

function versionOf(parts: ScienceFileParts): Version {
  if (parts.version !== undefined) return Version.parse(String(parts.version));
  if (parts.minorVersion === undefined) throw new TypeError('minorVersion (or version) is needed to build a file name');
  return new Version(parts.majorVersion, parts.minorVersion);
}

function intervalOf({ repointing, cr }: ScienceFileParts, stem: string): string {
  if (repointing !== undefined && cr !== undefined) {
    throw new InvalidImapFileName(`${stem}: only one of cr or repointing can be included`, stem, 'cr_and_repointing');
  }
  if (cr !== undefined) {
    if (!Number.isInteger(cr) || cr < 1 || cr > 99_999) {
      throw new InvalidImapFileName(`${stem}: cr must be a whole number from 1 to 99999`, stem, 'cr');
    }
    return `-cr${String(cr).padStart(5, '0')}`;
  }
  if (repointing === undefined) return '';
  if (typeof repointing === 'string' && REPOINT.test(repointing)) return `-${repointing}`;
  if (typeof repointing !== 'number' || !Number.isInteger(repointing) || repointing < 0 || repointing > 99_999) {
    throw new InvalidImapFileName(
      `${stem}: repointing must be a whole number from 0 to 99999, or repoint and five digits`,
      stem,
      'repointing',
    );
  }
  return `-repoint${String(repointing).padStart(5, '0')}`;
}
