import { readAncillary } from './ancillary.js';
import { readScience, readScience2024 } from './science.js';
import { readSpice } from './spice.js';
import { ARCHIVE_WORDS, type ArchiveWords } from './constants.js';
import type { ArchiveName } from './types.js';

/** Finds the class of a bare file name, in the server's order (section 10.8); `undefined` when none fits. */
export function classify(name: string, words: ArchiveWords = ARCHIVE_WORDS): ArchiveName | undefined {
  return (
    readScience(name, 'science', words) ??
    readAncillary(name, 'ancillary', words) ??
    readSpice(name) ??
    readScience(name, 'quicklook', words) ??
    readScience(name, 'dependency', words) ??
    readAncillary(name, 'release', words)
  );
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const FOLDERS_2024: readonly (readonly [suffix: string, folder: string])[] = [
  ['.bpc', 'pck'],
  ['.tpc', 'pck'],
  ['.bc', 'ck'],
  ['.bsp', 'spk'],
  ['.tf', 'fk'],
  ['.tls', 'lsk'],
  ['.tm', 'mk'],
  ['.tsc', 'sclk'],
];

/** The key that the server of 2024 gives a name: kernels by their suffix, then science; nothing else. */
export function key2024(name: string): string | undefined {
  const kernel = FOLDERS_2024.find(([suffix]) => name.endsWith(suffix));
  return kernel === undefined ? readScience2024(name)?.key : `spice/${kernel[1]}/${name}`;
}
