import { ARCHIVE_WORDS, EXTENSIONS, isAmong, type ArchiveWords } from './constants.js';
import { midnightOfDay } from './days.js';
import type { AncillaryName } from './types.js';

const GRAMMAR = /^imap_([^_]+)_([^_]+)_(\d{8})(?:_(\d{8}))?_(v\d{3})\.([^.]+)$/;

/**
 * Reads an ancillary name or a release manifest (sections 10.6, 10.7). A name with two dates and no descriptor is
 * read as the server reads it: the first date is the descriptor.
 */
export function readAncillary(
  name: string,
  family: AncillaryName['family'],
  words: ArchiveWords = ARCHIVE_WORDS,
): AncillaryName | undefined {
  const match = GRAMMAR.exec(name);
  if (match === null) return undefined;
  const [, instrument = '', descriptor = '', start = '', end, version = '', extension = ''] = match;
  const dated = midnightOfDay(start) !== undefined && (end === undefined || midnightOfDay(end) !== undefined);
  if (!dated || !isAmong(words.instruments, instrument) || !isAmong(EXTENSIONS[family], extension)) return undefined;
  const key = `imap/${family}/${instrument}/${name}`;
  return { family, name, key, instrument, descriptor, start, end: end ?? null, version, extension };
}
