import { parse } from 'content-disposition';
import filenamify from 'filenamify';

/** File systems allow 255 bytes; the endings of the part file and its lock need room. */
const MAX_NAME_BYTES = 255 - 32;

/** The files next to a target during its download: a file of such a name would be mistaken for, or replace, the part of another one. */
const OF_A_PART = /\.part(?:\.json|\.lock)?$/iu;

/** Whether a file of this name would conflict with the part of another one. */
export function isNameOfPart(name: string): boolean {
  return OF_A_PART.test(name);
}

/**
 * A file name that any file system takes, from one that a server or a user gave: one name, never a path, no control
 * characters, no device names, not that of another file's part, at most 223 bytes with its ending kept.
 *
 * @param fallback - The name to use when nothing is left.
 */
export function safeFileName(name: string, fallback: string): string {
  const wellFormed = name.replace(/[\ud800-\udfff]/gu, '');
  const lastSegment =
    wellFormed
      .split(/[/\\]/u)
      .filter((part) => part.trim() !== '')
      .at(-1) ?? '';
  if (/^[.\s]*$/u.test(lastSegment)) return name === fallback ? 'download' : safeFileName(fallback, fallback);
  // filenamify cuts the stem for the sake of a long ending, down to a hidden file; cutting is ours
  const clean = filenamify(lastSegment.trim(), { replacement: '_', maxLength: Number.MAX_SAFE_INTEGER });
  const short = filenamify(shorten(clean, MAX_NAME_BYTES), { replacement: '_', maxLength: MAX_NAME_BYTES });
  return isNameOfPart(short) ? `${shorten(short, MAX_NAME_BYTES - 1)}_` : short;
}

/** Cuts the stem of a name, so that the whole has at most `maxBytes` bytes in UTF-8 and keeps its ending. */
export function shorten(name: string, maxBytes: number): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && Buffer.byteLength(name.slice(dot)) <= 32 ? name.slice(dot) : '';
  const room = maxBytes - Buffer.byteLength(ending);
  let stem = '';
  let used = 0;
  for (const character of ending === '' ? name : name.slice(0, dot)) {
    used += Buffer.byteLength(character);
    if (used > room) break;
    stem += character;
  }
  return stem + ending;
}

/** A name of the same kind with a number before its ending: `image.3.fits`. */
export function numberedName(name: string, number: number): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  return `${shorten(stem, MAX_NAME_BYTES - 12 - Buffer.byteLength(ending))}.${number}${ending}`;
}

/**
 * The file name in a `Content-Disposition` header (RFC 6266; `filename*` wins over `filename`), as the server wrote
 * it; `undefined` where there is none. Not safe before {@link safeFileName}.
 */
export function nameFromDisposition(header: string | null | undefined): string | undefined {
  if (header === null || header === undefined) return undefined;
  const name = parse(header).parameters.filename;
  if (name === undefined || name.trim() === '') return undefined;
  return fromLatin1(name);
}

/** Servers that write UTF-8 into a header are read as Latin-1 by HTTP clients: undo that where it is evident. */
function fromLatin1(name: string): string {
  if (!/[\u0080-\u00ff]/u.test(name) || /[\u0100-\u{10ffff}]/u.test(name)) return name;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(name, 'latin1'));
  } catch {
    return name;
  }
}
