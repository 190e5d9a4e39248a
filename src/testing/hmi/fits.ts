import type { LazyBytes } from '../kit/files.js';
import { hashText, mix } from './hash.js';
import type { HmiFileForm } from './rows.js';
import type { HmiSimFile } from './records.js';

const BLOCK = 2880;
const CARD = 80;
const BYTES_PER_PIXEL = 2;
const SMALL_SIDE = 16;
const TRAILING_BYTES = 100;
const WIDE_ROW = BLOCK / BYTES_PER_PIXEL;

/** A valid FITS image that depends on series, record number and segment alone, made while it is read; `gzip` is for others to pack. */
export function fitsFile(file: HmiSimFile, bytes: number, form: HmiFileForm = 'padded'): LazyBytes {
  const blocks = Math.max(1, Math.ceil(bytes / BLOCK) - 1);
  const small = blocks === 1;
  const [width, height] = small ? [SMALL_SIDE, SMALL_SIDE] : [WIDE_ROW, blocks];
  const name = `${file.series}[${String(file.recnum)}]{${file.segment}}`;
  const header = headerBlock(width, height, name);
  const seed = mix(hashText(name));
  const end = BLOCK + width * height * BYTES_PER_PIXEL;
  const padded = BLOCK * (1 + blocks);
  return {
    size: form === 'unpadded' ? end : form === 'trailing' ? padded + TRAILING_BYTES : padded,
    read: (from, to) => {
      const part = new Uint8Array(to - from);
      part.set(header.subarray(Math.min(from, BLOCK), Math.min(to, BLOCK)));
      fill(part, from, Math.max(from, BLOCK), Math.min(to, end), seed);
      return part;
    },
  };
}

/** Files straight from JSOC's archive have a bare header: no keyword of the observation. */
function headerBlock(width: number, height: number, name: string): Uint8Array {
  const cards = [
    card('SIMPLE', 'T', 'conforms to FITS standard'),
    card('BITPIX', '16', 'array data type'),
    card('NAXIS', '2', 'number of array dimensions'),
    card('NAXIS1', String(width)),
    card('NAXIS2', String(height)),
    card('BLANK', '-32768'),
    `COMMENT simulated ${name}`.slice(0, CARD).padEnd(CARD),
    'END'.padEnd(CARD),
  ];
  return new TextEncoder().encode(cards.join('').padEnd(BLOCK));
}

function card(keyword: string, value: string, comment?: string): string {
  const text = `${keyword.padEnd(8)}= ${value.padStart(20)}`;
  return (comment === undefined ? text : `${text} / ${comment}`).padEnd(CARD);
}

/** Pixel bytes of each block are cut out of the file's noise at a place of their own; what is behind them stays zero. */
function fill(part: Uint8Array, origin: number, from: number, to: number, seed: number): void {
  if (from >= to) return;
  const noise = noiseOf(seed);
  let at = from;
  while (at < to) {
    const block = Math.floor(at / BLOCK);
    const blockEnd = Math.min(to, (block + 1) * BLOCK);
    const shift = (mix(seed + block) % BLOCK) - block * BLOCK;
    part.set(noise.subarray(at + shift, blockEnd + shift), at - origin);
    at = blockEnd;
  }
}

function noiseOf(seed: number): Uint8Array {
  const words = new Uint32Array((2 * BLOCK) / 4);
  for (let at = 0; at < words.length; at += 1) words[at] = mix(seed ^ Math.imul(at + 1, 0x9e3779b1));
  return new Uint8Array(words.buffer);
}
