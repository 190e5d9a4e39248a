import { NUMERIC, type NumericType } from '../array/data-types.js';
import type { Layout } from '../array/strided.js';
import { DataError } from '../data-error.js';
import type { HeaderFields } from './parse-header.js';

/** How the numbers of a cube lie in its file. */
export interface Cube {
  readonly dtype: NumericType;
  readonly bigEndian: boolean;
  /** Bands, lines, samples. */
  readonly shape: readonly [bands: number, lines: number, samples: number];
  readonly interleave: Interleave;
  readonly layout: Layout;
  /** The byte after the last number. */
  readonly end: number;
}

type Interleave = 'bsq' | 'bil' | 'bip';

const TYPES: Readonly<Record<string, NumericType>> = {
  1: 'uint8',
  2: 'int16',
  3: 'int32',
  4: 'float32',
  5: 'float64',
  6: 'complex64',
  9: 'complex128',
  12: 'uint16',
  13: 'uint32',
  14: 'int64',
  15: 'uint64',
};

/**
 * The cube that a header describes.
 *
 * @param path - The header, for messages.
 * @throws `DataError` when a field is missing or invalid.
 */
export function cubeOf(fields: HeaderFields, path: string | undefined): Cube {
  const field = new Fields(fields, path);
  const [samples, lines, bands] = [field.integer('samples', 1), field.integer('lines', 1), field.integer('bands', 1)];
  const dtype = field.oneOf('data type', TYPES);
  const interleave = field.oneOf('interleave', { bsq: 'bsq', bil: 'bil', bip: 'bip' } as const);
  const { bytes, word } = NUMERIC[dtype];
  const bigEndian = word === 1 ? false : field.oneOf('byte order', { 0: false, 1: true });
  const offset = field.integer('header offset', 0, 0);
  const end = offset + samples * lines * bands * bytes;
  if (!Number.isSafeInteger(end))
    throw new DataError(`a cube of ${bands} bands, ${lines} lines and ${samples} samples is too large`, { path });
  const byteStrides = {
    bsq: [lines * samples * bytes, samples * bytes, bytes],
    bil: [samples * bytes, bands * samples * bytes, bytes],
    bip: [bytes, samples * bands * bytes, bands * bytes],
  }[interleave];
  const layout = { offset, byteStrides, itemBytes: bytes };
  return { dtype, bigEndian, shape: [bands, lines, samples], interleave, layout, end };
}

/** Fields that are needed, each checked. */
class Fields {
  readonly #fields: HeaderFields;
  readonly #path: string | undefined;

  constructor(fields: HeaderFields, path: string | undefined) {
    this.#fields = fields;
    this.#path = path;
  }

  integer(key: string, least: number, fallback?: number): number {
    if (fallback !== undefined && !this.#fields.has(key)) return fallback;
    const text = this.#text(key);
    const value = /^\+?\d+(?:\.0*)?$/u.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw this.#wrong(key, text, `a whole number from ${least} on`);
  }

  oneOf<T>(key: string, known: Readonly<Record<string, T>>): T {
    const text = this.#text(key).toLowerCase();
    const found = Object.hasOwn(known, text) ? known[text] : undefined;
    if (found !== undefined) return found;
    throw this.#wrong(key, text, `one of ${Object.keys(known).join(', ')}`);
  }

  #text(key: string): string {
    const value = this.#fields.get(key);
    if (typeof value === 'string') return value;
    const what = value === undefined ? 'is missing' : 'is a list';
    throw new DataError(`${JSON.stringify(key)} ${what} in this ENVI header`, { path: this.#path });
  }

  #wrong(key: string, text: string, expected: string): DataError {
    const given = JSON.stringify(text.slice(0, 60));
    return new DataError(`${JSON.stringify(key)} of this ENVI header is ${given}; it must be ${expected}`, {
      path: this.#path,
    });
  }
}
