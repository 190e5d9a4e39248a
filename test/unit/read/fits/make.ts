/** Files made by hand. */
const BLOCK = 2880;

type Value = string | number | boolean;

/** A card as it is written; a text of 80 characters stays as it is. */
export function card(keyword: string, value: Value): string {
  const text =
    typeof value === 'string'
      ? `'${value.replaceAll("'", "''").padEnd(8)}'`
      : value === true
        ? 'T'
        : value === false
          ? 'F'
          : String(value);
  return `${keyword.padEnd(8)}= ${typeof value === 'string' ? text : text.padStart(20)}`.padEnd(80);
}

export function header(cards: readonly string[]): Buffer {
  const text = [...cards, 'END'].map((line) => line.padEnd(80).slice(0, 80)).join('');
  return Buffer.from(text.padEnd(Math.ceil(text.length / BLOCK) * BLOCK), 'latin1');
}

export const padded = (data: Uint8Array): Buffer =>
  Buffer.concat([data, Buffer.alloc(Math.ceil(data.byteLength / BLOCK) * BLOCK - data.byteLength)]);

const axes = (lengths: readonly number[], prefix = ''): string[] => [
  card(`${prefix}NAXIS`, lengths.length),
  ...lengths.map((length, axis) => card(`${prefix}NAXIS${axis + 1}`, length)),
];

/** A primary HDU, or with a type an extension. */
export function hdu(
  bitpix: number,
  lengths: readonly number[],
  data: Uint8Array,
  { more = [], extension, pcount = 0 }: { more?: readonly string[]; extension?: string; pcount?: number } = {},
): Buffer {
  const cards = [
    extension === undefined ? card('SIMPLE', true) : card('XTENSION', extension),
    card('BITPIX', bitpix),
    ...axes(lengths),
    ...(extension === undefined ? [] : [card('PCOUNT', pcount), card('GCOUNT', 1)]),
    ...more,
  ];
  return Buffer.concat([header(cards), padded(data)]);
}

export const empty = hdu(8, [], Buffer.alloc(0));

export interface MadeColumn {
  readonly form: string;
  readonly name?: string;
  readonly more?: Readonly<Record<string, Value>>;
}

/** A binary table of these rows, with its heap. */
export function table(
  columns: readonly MadeColumn[],
  rows: readonly Uint8Array[],
  heap: Uint8Array = Buffer.alloc(0),
  more: readonly string[] = [],
): Buffer {
  const cards = columns.flatMap(({ form, name, more: own = {} }, index) => [
    ...(name === undefined ? [] : [card(`TTYPE${index + 1}`, name)]),
    card(`TFORM${index + 1}`, form),
    ...Object.entries(own).map(([keyword, value]) => card(`${keyword}${index + 1}`, value)),
  ]);
  return hdu(8, [rows[0]?.byteLength ?? 0, rows.length], Buffer.concat([...rows, heap]), {
    extension: 'BINTABLE',
    pcount: heap.byteLength,
    more: [card('TFIELDS', columns.length), ...cards, ...more],
  });
}

export const file = (...hdus: readonly Uint8Array[]): Buffer => Buffer.concat(hdus);

/** Big-endian numbers. */
export const numbers = {
  i16: (...values: number[]): Buffer => fill(values, 2, (buffer, value, at) => buffer.writeInt16BE(value, at)),
  i32: (...values: number[]): Buffer => fill(values, 4, (buffer, value, at) => buffer.writeInt32BE(value, at)),
  i64: (...values: bigint[]): Buffer => fill(values, 8, (buffer, value, at) => buffer.writeBigInt64BE(value, at)),
  f32: (...values: number[]): Buffer => fill(values, 4, (buffer, value, at) => buffer.writeFloatBE(value, at)),
  f64: (...values: number[]): Buffer => fill(values, 8, (buffer, value, at) => buffer.writeDoubleBE(value, at)),
};

function fill<T>(values: readonly T[], bytes: number, write: (buffer: Buffer, value: T, at: number) => void): Buffer {
  const buffer = Buffer.alloc(values.length * bytes);
  for (const [index, value] of values.entries()) write(buffer, value, index * bytes);
  return buffer;
}
