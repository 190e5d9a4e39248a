import { NUMERIC, numbersIn, type NumericType } from '../array/data-types.js';
import type { ByteSource } from '../source/byte-source.js';
import { textOf, withoutPadding } from '../netcdf/text.js';
import type { Attribute } from '../types.js';
import { Cursor, EndOfBytes } from './cursor.js';

/** The header of a netCDF classic file (CDF-1, CDF-2, CDF-5), as it stands in the file. */
export interface Header {
  /** `undefined`: to be derived from the length of the file, since the file was written as a stream. */
  readonly records: number | undefined;
  readonly dimensions: readonly Dimension[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly variables: readonly HeaderVariable[];
}

export interface Dimension {
  readonly name: string;
  /** 0: the dimension of the records. */
  readonly length: number;
}

export interface HeaderVariable {
  readonly name: string;
  readonly dimensions: readonly Dimension[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly dtype: NumericType | 'text';
  /** The byte of the first element. */
  readonly begin: number;
}

const DIMENSIONS = 10;
const VARIABLES = 11;
const ATTRIBUTES = 12;
/** By nc_type; those above 6 are of CDF-5. */
const TYPES: readonly (NumericType | 'text' | undefined)[] = [
  undefined,
  'int8',
  'text',
  'int16',
  'int32',
  'float32',
  'float64',
  'uint8',
  'uint16',
  'uint32',
  'int64',
  'uint64',
];
const FIRST_BYTES = 64 * 1024;

/** Reads the header, and little more than it, whatever the size of the file. */
export async function readHeader(source: ByteSource): Promise<Header> {
  for (let length = FIRST_BYTES; ; length *= 4) {
    const bytes = await source.read(0, Math.min(length, source.size));
    try {
      return headerIn(new Cursor(bytes, source), bytes);
    } catch (error) {
      if (!(error instanceof EndOfBytes)) throw error;
    }
  }
}

function headerIn(cursor: Cursor, [c, d, f, version]: Uint8Array): Header {
  if (c !== 0x43 || d !== 0x44 || f !== 0x46 || ![1, 2, 5].includes(version ?? 0))
    throw cursor.damage('this is not a netCDF classic file: it does not begin with CDF and 1, 2 or 5', 0);
  const records = cursor.count();
  const isStream = records === (cursor.isWide ? 2 ** 64 : 2 ** 32 - 1);
  const dimensions = Array.from({ length: cursor.list(DIMENSIONS, 2 * cursor.width) }, () => ({
    name: nameIn(cursor),
    length: cursor.count(),
  }));
  const attributes = attributesIn(cursor);
  const variables = Array.from({ length: cursor.list(VARIABLES, 4 * cursor.width + 12) }, () =>
    variableIn(cursor, dimensions, version === 1),
  );
  return { records: isStream ? undefined : records, dimensions, attributes, variables };
}

const nameIn = (cursor: Cursor): string => textOf(cursor.padded(cursor.count()));

function attributesIn(cursor: Cursor): Readonly<Record<string, Attribute>> {
  const length = cursor.list(ATTRIBUTES, 2 * cursor.width + 4);
  return Object.fromEntries(
    Array.from({ length }, (): [string, Attribute] => [nameIn(cursor), valueIn(cursor, typeIn(cursor))]),
  );
}

function typeIn(cursor: Cursor): NumericType | 'text' {
  const start = cursor.at;
  const code = cursor.tag();
  const type = TYPES[code];
  if (type === undefined) throw cursor.damage(`the header has the unknown type ${code}`, start);
  return type;
}

function valueIn(cursor: Cursor, type: NumericType | 'text'): Attribute {
  const length = cursor.count();
  if (type === 'text') return textOf(withoutPadding(cursor.padded(length), 'nul'));
  const bytes = new Uint8Array(cursor.padded(length * NUMERIC[type].bytes));
  const numbers = [...numbersIn(bytes, type, true)];
  const [first] = numbers;
  return numbers.length === 1 && first !== undefined ? first : numbers;
}

function variableIn(cursor: Cursor, dimensions: readonly Dimension[], hasShortOffsets: boolean): HeaderVariable {
  const name = nameIn(cursor);
  const start = cursor.at;
  const rank = cursor.count();
  // A rank that the file cannot hold is found by the first dimension that is missing.
  const own: Dimension[] = [];
  while (own.length < rank) {
    const id = cursor.count();
    const dimension = dimensions[id];
    if (dimension === undefined)
      throw cursor.damage(`the variable ${name} has the dimension ${id} of ${dimensions.length}`, start);
    if (dimension.length === 0 && own.length > 0)
      throw cursor.damage(`the records of the variable ${name} are not its first dimension`, start);
    own.push(dimension);
  }
  const attributes = attributesIn(cursor);
  const dtype = typeIn(cursor);
  cursor.count(); // the size of the variable: redundant, and wrong for large ones
  const begin = hasShortOffsets ? cursor.tag() : cursor.wide();
  return { name, dimensions: own, attributes, dtype, begin };
}
