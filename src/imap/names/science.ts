import { EXTENSIONS } from '../centre.js';
import { buildScienceName, type ScienceFileParts } from './science-build.js';
import { ScienceFamilyPath } from './science-family.js';

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
