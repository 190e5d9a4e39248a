import { PythonError } from './python-error.js';

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/u;
const UTF8 = /^utf[-_]?8(?:[-_].*)?$|^u8$/iu;
const ASCII = /^(?:us[-_])?ascii$/iu;
const LATIN =
  /^(?:latin[-_]?1|iso[-_]?8859[-_]?1|iso[-_]latin[-_]1|l1|cp1252|windows[-_]?1252|iso[-_]?8859[-_]?15|latin[-_]?9)$/iu;

/**
 * The text of a Python file, with the encoding that its first two lines name; without one it must be ASCII.
 *
 * @throws {@link PythonError} for bytes that Python 2.7 does not take.
 */
export function sourceText(bytes: Uint8Array): string {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const raw = new TextDecoder('latin1').decode(marked ? bytes.subarray(3) : bytes);
  const lines = raw.replace(/\r\n?/gu, '\n').split('\n');
  const nul = lines.findIndex((line) => line.includes('\0'));
  if (nul !== -1) throw new PythonError(nul + 1, 'it holds a zero byte; save it as plain text');
  const named = encodingOf(lines);
  if (marked || (named !== undefined && UTF8.test(named))) return decode(bytes, named, marked);
  const foreign = lines.findIndex((line) => /[^\0-\x7f]/u.test(line));
  if (foreign !== -1 && named === undefined)
    throw new PythonError(foreign + 1, 'it is not ASCII, and names no encoding (# -*- coding: utf-8 -*-)');
  if (foreign !== -1 && named !== undefined && ASCII.test(named))
    throw new PythonError(foreign + 1, `it is not ${named}, as the file says`);
  return lines.join('\n');
}

/** PEP 263: a comment in the first line, or in the second below a comment or an empty one. */
function encodingOf(lines: readonly string[]): string | undefined {
  const [first = '', second = ''] = lines;
  const named = COOKIE.exec(first)?.[1] ?? (/^[ \t\f]*(?:#.*)?$/u.test(first) ? COOKIE.exec(second)?.[1] : undefined);
  if (named === undefined || UTF8.test(named) || ASCII.test(named) || LATIN.test(named) || isKnown(named)) return named;
  throw new PythonError(1, `encoding ${named} is unknown`);
}

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label.replaceAll('_', '-')).encoding !== '';
  } catch {
    return /^(?:cp\d{3,4}|mac[-_]\w+|koi8[-_][rut]|big5\w*|gb\w+|euc[-_]\w+|iso[-_]?\d+[-_]\d+|shift[-_]?jis\w*)$/iu.test(
      label,
    );
  }
}

function decode(bytes: Uint8Array, named: string | undefined, marked: boolean): string {
  if (marked && named !== undefined && !/^utf[-_]8(?:[-_].*)?$/iu.test(named))
    throw new PythonError(1, `encoding ${named} contradicts the byte order mark of UTF-8`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/gu, '\n');
  } catch {
    throw new PythonError(1, 'it is not UTF-8, as the file says');
  }
}
