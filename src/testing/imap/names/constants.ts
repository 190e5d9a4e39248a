/** The word lists of the archive, as the server's database enumerations hold them (protocol notes, section 10.1). */

export const ARCHIVE_INSTRUMENTS = [
  'codice',
  'glows',
  'hi',
  'hit',
  'ialirt',
  'idex',
  'l1const',
  'lo',
  'mag',
  'spacecraft',
  'swapi',
  'swe',
  'ultra',
] as const;

export const ARCHIVE_LEVELS = [
  'l0',
  'l1',
  'l1a',
  'l1b',
  'l1c',
  'l1ca',
  'l1cb',
  'l1d',
  'l2',
  'l2a',
  'l2b',
  'l2c',
  'l3',
  'l3a',
  'l3b',
  'l3c',
  'l3d',
  'l3e',
] as const;

/** The words that a database takes: those above, and what was added since. */
export interface ArchiveWords {
  readonly instruments: readonly string[];
  readonly levels: readonly string[];
}

export const ARCHIVE_WORDS: ArchiveWords = { instruments: ARCHIVE_INSTRUMENTS, levels: ARCHIVE_LEVELS };

export const EXTENSIONS = {
  science: ['cdf', 'pkts'],
  quicklook: ['jpg', 'pdf', 'png'],
  dependency: ['json'],
  ancillary: ['cdf', 'csv', 'dat', 'json', 'zip', 'tsv', 'pgm', 'xlsx'],
  release: ['txt'],
} as const;

/** The words of 2024, when the archive was smaller (section 16.3). */
export const INSTRUMENTS_2024 = ['codice', 'glows', 'hi', 'hit', 'idex', 'lo', 'mag', 'swapi', 'swe', 'ultra'] as const;

export const LEVELS_2024 = [
  'l0',
  'l1',
  'l1a',
  'l1b',
  'l1c',
  'l1ca',
  'l1cb',
  'l1d',
  'l2',
  'l3',
  'l3a',
  'l3b',
  'l3c',
  'l3d',
] as const;

/** Whether a list of words has this one; keeps `includes` from narrowing its argument. */
export function isAmong(words: readonly string[], word: string): boolean {
  return words.includes(word);
}
