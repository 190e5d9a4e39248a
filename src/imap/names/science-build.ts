import type { DateLike } from '../../types.js';
import { toDay } from './days.js';
import { InvalidImapFileName } from './invalid.js';
import { Version } from './version.js';

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
export function buildScienceName(parts: ScienceFileParts, defaultExtension: string | undefined): string {
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
