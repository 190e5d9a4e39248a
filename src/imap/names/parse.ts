import { AncillaryFilePath, ReleaseFilePath } from './ancillary.js';
import { baseName, IALIRT, InvalidImapFileName, isIalirt } from './invalid.js';
import { DependencyFilePath, QuicklookFilePath, ScienceFilePath } from './science.js';
import { SpiceFilePath, type NameOptions } from './spice.js';

/** A file name of any class; tell them apart by `kind` or `instanceof`. */
export type ImapFilePath =
  ScienceFilePath | AncillaryFilePath | SpiceFilePath | QuicklookFilePath | DependencyFilePath | ReleaseFilePath;

const CLASSES: readonly ((name: string, options: NameOptions) => ImapFilePath)[] = [
  (name) => new ScienceFilePath(name),
  (name) => new AncillaryFilePath(name),
  (name, options) => new SpiceFilePath(name, options),
  (name) => new QuicklookFilePath(name),
  (name) => new DependencyFilePath(name),
  (name) => new ReleaseFilePath(name),
];

/**
 * Reads a file name or path: science, ancillary, SPICE, quicklook, dependency and release, in this order.
 *
 * @param name - Directories are ignored.
 * @throws `InvalidImapFileName` (a `TypeError`) when no class fits; its message says how near the name came.
 *
 * @example
 * ```ts
 * import { parseImapFileName } from '@lab/sdc/imap';
 *
 * const file = parseImapFileName('imap_swe_l0_raw_20260924_v000.0007.pkts');
 * if (file.kind === 'science') console.log(file.instrument, file.minorVersion); // swe 7
 * ```
 */
export function parseImapFileName(name: string, options: NameOptions = {}): ImapFilePath {
  const base = baseName(name);
  const refusals: InvalidImapFileName[] = [];
  for (const read of CLASSES) {
    try {
      return read(base, options);
    } catch (error) {
      if (!(error instanceof InvalidImapFileName)) throw error;
      refusals.push(error);
    }
  }
  throw summary(base, refusals);
}

/** The name's class, or `undefined` where it has none. */
export function tryParseImapFileName(name: string, options: NameOptions = {}): ImapFilePath | undefined {
  try {
    return parseImapFileName(name, options);
  } catch (error) {
    if (error instanceof InvalidImapFileName) return undefined;
    throw error;
  }
}

/** Names that fit a grammar but hold a wrong value say more than those that fit none. */
function summary(name: string, refusals: readonly InvalidImapFileName[]): InvalidImapFileName {
  const near = refusals.find(({ reason }) => reason !== 'pattern' && reason !== 'extension');
  const nearest = near ?? refusals.find(({ reason }) => reason !== 'pattern');
  const shown = `${JSON.stringify(name.slice(0, 200))} does not match any of the archive's file name conventions`;
  const advice =
    nearest === undefined
      ? `; science names are imap_<instrument>_<level>_<descriptor>_<YYYYMMDD>_vMMM.mmmm.<extension>`
      : `: ${nearest.message}`;
  const elsewhere = isIalirt(name) ? `; ${IALIRT}` : '';
  return new InvalidImapFileName(`${shown}${advice}${elsewhere}`, name, nearest?.reason ?? 'pattern');
}
