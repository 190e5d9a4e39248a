import { gzipSync } from 'node:zlib';

/** What stands in a record: an int32, a position, or bytes. */
type Field = number | { readonly wide: number } | Uint8Array;

export interface MadeBlock {
  readonly first: number;
  readonly last: number;
  /** The records back to back; packed ones become a CVVR. */
  readonly data?: Uint8Array;
  readonly packed?: Uint8Array;
  /** A list of more blocks in place of one. */
  readonly inner?: readonly MadeBlock[];
}

export interface MadeEntry {
  readonly type: number;
  readonly value: Uint8Array;
  readonly elements: number;
  readonly number?: number;
  readonly strings?: number;
}

export interface MadeVariable {
  readonly name: string;
  readonly type: number;
  readonly isZ?: boolean;
  readonly elements?: number;
  readonly dims?: readonly number[];
  readonly varies?: readonly boolean[];
  readonly recordVaries?: boolean;
  readonly last: number;
  readonly pad?: Uint8Array;
  readonly sparse?: number;
  readonly blocking?: number;
  /** The number of the compression, and its parameter. */
  readonly compression?: readonly [number, number];
  readonly isSparseArray?: boolean;
  readonly blocks?: readonly MadeBlock[];
  /** Entries of one VXR; more of them make a chain. */
  readonly perIndex?: number;
  readonly attributes?: Readonly<Record<string, MadeEntry>>;
}

export interface MadeFile {
  readonly version?: readonly [number, number];
  readonly encoding?: number;
  readonly flags?: number;
  readonly leapTable?: number;
  readonly rDims?: readonly number[];
  readonly globals?: readonly { name: string; scope?: number; entries: readonly MadeEntry[] }[];
  readonly variables?: readonly MadeVariable[];
}

const BYTES: Record<number, number> = {
  2: 2,
  4: 4,
  8: 8,
  12: 2,
  14: 4,
  21: 4,
  22: 8,
  31: 8,
  32: 16,
  33: 8,
  44: 4,
  45: 8,
};
const NONE = { wide: 0 };

/** A CDF written by hand, children before their parents. */
export function makeCdf(file: MadeFile = {}): Uint8Array {
  const { version = [3, 9], encoding = 6, flags = 3, leapTable = 20_170_101, rDims = [] } = file;
  const isWide = version[0] >= 3;
  const chunks: Buffer[] = [];
  let end = 0;
  const put = (chunk: Buffer): number => {
    chunks.push(chunk);
    end += chunk.length;
    return end - chunk.length;
  };
  const record = (type: number, fields: readonly Field[]): number => put(recordOf(isWide, type, fields));
  const name = (text: string): Uint8Array => {
    const bytes = new Uint8Array(isWide ? 256 : 64);
    bytes.set(new TextEncoder().encode(text));
    return bytes;
  };
  const magic = Buffer.alloc(8);
  magic.writeUInt32BE(isWide ? 0xcdf30001 : version[1] >= 6 ? 0xcdf26002 : 0x0000ffff, 0);
  magic.writeUInt32BE(0x0000ffff, 4);
  put(magic);
  const cdr = (gdr: number): Field[] => [
    { wide: gdr },
    ...version,
    encoding,
    flags,
    0,
    0,
    0,
    2,
    -1,
    new Uint8Array(256),
  ];
  record(1, cdr(0));

  const index = (blocks: readonly MadeBlock[], perIndex = Math.max(1, blocks.length)): number => {
    let next = 0;
    const groups = Array.from({ length: Math.ceil(blocks.length / perIndex) }, (_, at) =>
      blocks.slice(at * perIndex, (at + 1) * perIndex),
    );
    for (const group of groups.reverse()) {
      const offsets = group.map(({ data, packed, inner }) => {
        if (inner !== undefined) return index(inner);
        if (packed !== undefined) return record(13, [0, { wide: packed.length }, packed]);
        return record(7, [data ?? new Uint8Array(0)]);
      });
      // One entry more than is used.
      next = record(6, [
        { wide: next },
        group.length + 1,
        group.length,
        ...group.map(({ first }) => first),
        -1,
        ...group.map(({ last }) => last),
        -1,
        ...offsets.map((wide) => ({ wide })),
        { wide: -1 },
      ]);
    }
    return next;
  };

  const variables = file.variables ?? [];
  const heads = { r: 0, z: 0 };
  const numbers = variables.map(
    (variable, at) => variables.slice(0, at).filter((other) => (other.isZ ?? true) === (variable.isZ ?? true)).length,
  );
  for (const [at, variable] of [...variables.entries()].reverse()) {
    const { isZ = true, elements = 1, dims = [], pad, sparse = 0, compression, blocks = [] } = variable;
    const varies = variable.varies ?? (isZ ? dims : rDims).map(() => true);
    const vxr = index(blocks, variable.perIndex);
    const cpr =
      variable.isSparseArray === true
        ? record(12, [0, 0, 0])
        : compression === undefined
          ? 0
          : record(11, [compression[0], 0, 1, compression[1]]);
    const kind = isZ ? 'z' : 'r';
    heads[kind] = record(isZ ? 8 : 3, [
      { wide: heads[kind] },
      variable.type,
      variable.last,
      { wide: vxr },
      { wide: vxr },
      ((variable.recordVaries ?? true) ? 1 : 0) + (pad === undefined ? 0 : 2) + (cpr === 0 ? 0 : 4),
      sparse,
      0,
      -1,
      -1,
      ...(isWide || version[1] >= 5 ? [] : [new Uint8Array(128)]),
      elements,
      numbers[at]!,
      { wide: cpr === 0 ? -1 : cpr },
      variable.blocking ?? 0,
      name(variable.name),
      ...(isZ ? [dims.length, ...dims] : []),
      ...varies.map((one) => (one ? -1 : 0)),
      ...(pad === undefined ? [] : [pad]),
    ]);
  }

  const entries = (type: 5 | 9, list: readonly MadeEntry[]): number => {
    let next = 0;
    for (const [at, entry] of list.entries())
      next = record(type, [
        { wide: next },
        0,
        entry.type,
        entry.number ?? at,
        entry.elements,
        entry.strings ?? 0,
        0,
        0,
        -1,
        -1,
        entry.value,
      ]);
    return next;
  };
  let adr = 0;
  const attribute = (text: string, scope: number, r: readonly MadeEntry[], z: readonly MadeEntry[]): void => {
    const [rHead, zHead] = [entries(5, r), entries(9, z)];
    adr = record(4, [
      { wide: adr },
      { wide: rHead },
      scope,
      0,
      r.length,
      0,
      0,
      { wide: zHead },
      z.length,
      0,
      -1,
      name(text),
    ]);
  };
  const attributeNames = new Set(variables.flatMap(({ attributes = {} }) => Object.keys(attributes)));
  for (const text of attributeNames) {
    const of = (wanted: boolean): MadeEntry[] =>
      variables.flatMap(({ isZ = true, attributes = {} }, at) => {
        const entry = attributes[text];
        return isZ === wanted && entry !== undefined ? [{ ...entry, number: numbers[at]! }] : [];
      });
    attribute(text, 2, of(false), of(true));
  }
  for (const { name: text, scope = 1, entries: list } of [...(file.globals ?? [])].reverse())
    attribute(text, scope, list, []);

  const gdrFields: Field[] = [
    { wide: heads.r },
    { wide: heads.z },
    { wide: adr },
    NONE,
    0,
    0,
    -1,
    rDims.length,
    0,
    NONE,
    0,
    leapTable,
    -1,
    ...rDims,
  ];
  const size = recordOf(isWide, 2, gdrFields).length;
  gdrFields[3] = { wide: end + size };
  const gdr = record(2, gdrFields);
  chunks[1] = recordOf(isWide, 1, cdr(gdr));
  return new Uint8Array(Buffer.concat(chunks));
}

function recordOf(isWide: boolean, type: number, fields: readonly Field[]): Buffer {
  const parts = fields.map((field) => {
    if (field instanceof Uint8Array) return Buffer.from(field);
    const bytes = Buffer.alloc(typeof field === 'number' || !isWide ? 4 : 8);
    if (typeof field === 'number') bytes.writeInt32BE(field);
    else if (isWide) bytes.writeBigInt64BE(BigInt(field.wide));
    else bytes.writeInt32BE(field.wide);
    return bytes;
  });
  const head = Buffer.alloc(isWide ? 12 : 8);
  const size = head.length + parts.reduce((sum, { length }) => sum + length, 0);
  if (isWide) head.writeBigInt64BE(BigInt(size));
  else head.writeInt32BE(size);
  head.writeInt32BE(type, head.length - 4);
  return Buffer.concat([head, ...parts]);
}

/** The same file compressed as a whole. */
export function compressCdf(file: Uint8Array, method: number, packed?: Uint8Array, size = file.length - 8): Uint8Array {
  const isWide = file[1] === 0xf3;
  const magic = Buffer.from(file.subarray(0, 8));
  magic.writeUInt32BE(0xcccc0001, 4);
  const content = packed ?? (method === 5 ? gzipSync(file.subarray(8)) : packZeros(file.subarray(8)));
  const length = recordOf(isWide, 10, [NONE, NONE, 0, content]).length;
  const ccr = recordOf(isWide, 10, [{ wide: 8 + length }, { wide: size }, 0, content]);
  const cpr = recordOf(isWide, 11, [method, 0, 1, method === 5 ? 6 : 0]);
  return new Uint8Array(Buffer.concat([magic, ccr, cpr]));
}

/** RLE of CDF: n zeros are a zero and n - 1. */
export function packZeros(bytes: Uint8Array): Uint8Array {
  const packed: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    packed.push(bytes[at]!);
    if (bytes[at] !== 0) continue;
    let zeros = 1;
    while (zeros < 256 && bytes[at + zeros] === 0) zeros += 1;
    packed.push(zeros - 1);
    at += zeros - 1;
  }
  return Uint8Array.from(packed);
}

/** Numbers of a type as the file stores them. */
export function numbers(type: number, values: readonly (number | bigint)[], bigEndian = false): Uint8Array {
  const bytes = BYTES[type] ?? 1;
  const word = Math.min(8, bytes);
  const view = new DataView(new ArrayBuffer(values.length * word));
  for (const [at, value] of values.entries()) {
    const [place, little] = [at * word, !bigEndian];
    if (type === 8 || type === 33) view.setBigInt64(place, BigInt(value), little);
    else if (type === 21 || type === 44) view.setFloat32(place, Number(value), little);
    else if (word === 8) view.setFloat64(place, Number(value), little);
    else if (word === 4) view.setUint32(place, Number(value), little);
    else if (word === 2) view.setUint16(place, Number(value), little);
    else view.setUint8(place, Number(value));
  }
  return new Uint8Array(view.buffer);
}

export const entryOf = (type: number, values: readonly (number | bigint)[], bigEndian = false): MadeEntry => ({
  type,
  elements: type === 32 ? values.length / 2 : values.length,
  value: numbers(type, values, bigEndian),
});

export const textEntry = (text: string, more: Partial<MadeEntry> = {}): MadeEntry => {
  const value = new TextEncoder().encode(text);
  return { type: 51, elements: value.length, value, ...more };
};

/** A block whose records hold these numbers. */
export const block = (type: number, first: number, last: number, values: readonly (number | bigint)[]): MadeBlock => ({
  first,
  last,
  data: numbers(type, values),
});
