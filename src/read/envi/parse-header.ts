import { DataError } from '../data-error.js';

/** A value of a header: text, or the items of a list in braces. */
export type HeaderValue = string | readonly string[];

/** The fields of a header by their keys in lower case, in the order of the file. */
export type HeaderFields = ReadonlyMap<string, HeaderValue>;

/** Fields in braces that are one text, in which a comma separates nothing. */
const TEXTS = new Set(['description', 'coordinate system string', 'projection info']);

/** Whether these bytes, the first of a file, are those of an ENVI header. */
export function isHeader(bytes: Uint8Array): boolean {
  return /^\s*ENVI\s*(?:[\r\n]|$)/u.test(textOf(bytes.subarray(0, 64)));
}

/**
 * The fields of an ENVI header.
 *
 * @throws `DataError` when it does not begin with `ENVI`, or a brace is not closed.
 */
export function parseHeader(bytes: Uint8Array, path: string | undefined): HeaderFields {
  if (!isHeader(bytes)) throw new DataError('this is not an ENVI header: its first line is not ENVI', { path });
  const fields = new Map<string, HeaderValue>();
  let open: { key: string; pieces: string[] } | undefined;
  for (const line of textOf(bytes)
    .split(/\r\n|\r|\n/u)
    .slice(1)) {
    if (line.trimStart().startsWith(';')) continue;
    if (open === undefined) {
      const sign = line.indexOf('=');
      if (sign === -1) continue;
      const [key, value] = [keyOf(line.slice(0, sign)), line.slice(sign + 1).trim()];
      if (value.startsWith('{')) open = { key, pieces: [value.slice(1)] };
      else fields.set(key, value);
    } else open.pieces.push(line);
    const end = open?.pieces.at(-1)?.indexOf('}') ?? -1;
    if (open === undefined || end === -1) continue;
    open.pieces.push(open.pieces.pop()?.slice(0, end) ?? '');
    fields.set(open.key, listOf(open.key, open.pieces));
    open = undefined;
  }
  if (open !== undefined) throw new DataError(`the brace of ${JSON.stringify(open.key)} is not closed`, { path });
  return fields;
}

const keyOf = (text: string): string => text.trim().toLowerCase().replace(/\s+/gu, ' ');

function listOf(key: string, pieces: readonly string[]): HeaderValue {
  if (TEXTS.has(key)) return pieces.join('\n').trim();
  const items = pieces
    .join(' ')
    .split(',')
    .map((item) => item.trim());
  if (items.at(-1) === '') items.pop();
  return items;
}

/** UTF-8, or Latin-1 where it is not. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
