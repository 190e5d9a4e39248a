import { promisify } from 'node:util';
import { unzip } from 'node:zlib';
import type { Records } from './records.js';

/** How blocks or a whole file are packed. */
export type Compression = 'none' | 'RLE' | 'GZIP';

const KINDS = new Map<number, Compression>([
  [0, 'none'],
  [1, 'RLE'],
  [5, 'GZIP'],
]);
const REFUSED = new Map([
  [2, 'HUFF (Huffman)'],
  [3, 'AHUFF (adaptive Huffman)'],
]);

/** By which factor bytes can grow at most. Deflate reaches 1032, two bytes of RLE stand for up to 256. */
export const LARGEST_FACTOR: Readonly<Record<Compression, number>> = { none: 1, RLE: 128, GZIP: 1100 };

const CHUNK_BYTES = 1024 * 1024;
const inflate = promisify(unzip);

/** What a CPR record says. */
export async function compressionAt(records: Records, offset: number): Promise<Compression> {
  const fields = await records.read(offset, ['CPR', 'SPR']);
  if (fields.type === 12) throw records.error('sparse arrays (an SPR record) are not supported', offset);
  const number = fields.int();
  fields.skip(4);
  const kind = KINDS.get(number);
  if (kind === undefined) {
    const what = REFUSED.get(number) ?? `method ${number}, which CDF does not define`;
    throw records.error(`the compression ${what} is not supported`, offset);
  }
  const [parameter = 0] = fields.int() > 0 ? fields.ints(1) : [];
  if (kind === 'RLE' && parameter !== 0)
    throw records.error(`the compression RLE with parameter ${parameter} is not supported: zeros only`, offset);
  return kind;
}

/**
 * The bytes that were packed.
 *
 * @param most - More than these bytes is an error.
 * @throws `Error` which says what is wrong with the packed bytes.
 */
export async function expand(
  packed: Uint8Array<ArrayBuffer>,
  compression: Compression,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (compression === 'RLE') return expandZeros(packed, most);
  if (compression === 'none') {
    if (packed.byteLength > most) throw new Error(`${packed.byteLength} bytes where ${most} are expected`);
    return packed;
  }
  const chunkSize = Math.max(1024, Math.min(most, CHUNK_BYTES));
  const content = await inflate(packed, { maxOutputLength: Math.max(1, most), chunkSize });
  return new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
}

/** A zero and a number n stand for n + 1 zeros; all else for itself. */
function expandZeros(packed: Uint8Array<ArrayBuffer>, most: number): Uint8Array<ArrayBuffer> {
  let length = packed.byteLength;
  for (let at = packed.indexOf(0); at >= 0; at = packed.indexOf(0, at + 2)) {
    const zeros = packed[at + 1];
    if (zeros === undefined) throw new Error('a run of zeros has no length');
    length += zeros - 1;
  }
  if (length > most) throw new Error(`${length} bytes where ${most} are expected`);
  const content = new Uint8Array(length);
  let [from, to] = [0, 0];
  for (let at = packed.indexOf(0); at >= 0; at = packed.indexOf(0, from)) {
    content.set(packed.subarray(from, at), to);
    to += at - from + (packed[at + 1] ?? 0) + 1;
    from = at + 2;
  }
  content.set(packed.subarray(from), to);
  return content;
}
