import { ARCHIVE_WORDS, EXTENSIONS, INSTRUMENTS_2024, LEVELS_2024, isAmong, type ArchiveWords } from './constants.js';
import { midnightOfDay } from './days.js';
import type { ScienceName } from './types.js';

const GRAMMAR = /^imap_([^_]+)_([^_]+)_([^_]+)_(\d{8})(?:-repoint(\d{5})|-cr(\d{5}))?_v(\d{3})(?:\.(\d{4}))?\.([^.]+)$/;

const ROOTS = { science: 'imap', quicklook: 'imap/quicklook', dependency: 'imap/dependency' } as const;

/** Reads a name of the science family (section 10.3); `undefined` when it is none, or of another family. */
export function readScience(
  name: string,
  family: ScienceName['family'],
  words: ArchiveWords = ARCHIVE_WORDS,
): ScienceName | undefined {
  const match = GRAMMAR.exec(name);
  if (match === null) return undefined;
  const [, instrument = '', level = '', descriptor = '', start = '', repointing, cr, first = '', second] = match;
  const extension = match[9] ?? '';
  const known = isAmong(words.instruments, instrument) && isAmong(words.levels, level);
  if (!known || midnightOfDay(start) === undefined || !isAmong(EXTENSIONS[family], extension)) return undefined;
  return {
    family,
    name,
    key: `${ROOTS[family]}/${instrument}/${level}/${start.slice(0, 4)}/${start.slice(4, 6)}/${name}`,
    instrument,
    level,
    descriptor,
    start,
    repointing: repointing === undefined ? null : Number(repointing),
    cr: cr === undefined ? null : Number(cr),
    major: second === undefined ? null : Number(first),
    minor: Number(second ?? first),
    extension,
  };
}

/** Reads a science name of 2024: versions without major, no Carrington rotation, shorter word lists. */
export function readScience2024(name: string): ScienceName | undefined {
  const file = readScience(name, 'science');
  if (file?.major !== null || file.cr !== null) return undefined;
  return isAmong(INSTRUMENTS_2024, file.instrument) && isAmong(LEVELS_2024, file.level) ? file : undefined;
}
