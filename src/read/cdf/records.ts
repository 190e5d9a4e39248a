import { DataError } from '../data-error.js';
import type { ByteSource } from '../source/byte-source.js';
import { textOf } from './text.js';

/** Numbers of the internal records of a CDF. */
export const RECORD = {
  CDR: 1,
  GDR: 2,
  rVDR: 3,
  ADR: 4,
  AgrEDR: 5,
  VXR: 6,
  VVR: 7,
  zVDR: 8,
  AzEDR: 9,
  CCR: 10,
  CPR: 11,
  SPR: 12,
  CVVR: 13,
} as const;

export type RecordName = keyof typeof RECORD;

/** Where an internal record lies, and what it is. */
export interface RecordHead {
  readonly offset: number;
  readonly size: number;
  readonly type: number;
}

/** The fields of an internal record, one after the other. */
export interface Fields extends RecordHead {
  int(): number;
  ints(count: number): number[];
  /** A position or size: 8 bytes in version 3, 4 bytes before. */
  wide(): number;
  /** A position in the file; `undefined` where there is none. */
  link(): number | undefined;
  skip(bytes: number): void;
  bytes(length: number): Uint8Array<ArrayBuffer>;
  name(): string;
}

/** The internal records of a file. All of them are big-endian. */
export interface Records {
  readonly source: ByteSource;
  /** Bytes of size and type, and of a position: version 3 has wide ones. */
  readonly headBytes: number;
  readonly wideBytes: number;
  head(offset: number): Promise<RecordHead>;
  /** A whole record of one of these types; `most` ends it earlier. */
  read(offset: number, expected: readonly RecordName[], most?: number): Promise<Fields>;
  /** An error at a place in this file. */
  readonly error: (what: string, offset?: number) => DataError;
}

/** What may be read of records altogether: no more than the file has, since they do not overlap. */
export type Budget = (record: RecordHead) => void;

/**
 * The records of a source.
 *
 * @param isWide - Whether positions have 8 bytes, and names 256, as in version 3.
 */
export function recordsOf(source: ByteSource, isWide: boolean): Records {
  const [headBytes, wideBytes, nameBytes] = isWide ? [12, 8, 256] : [8, 4, 64];
  const error = (what: string, offset?: number): DataError => new DataError(what, { path: source.path, offset });
  const headIn = (bytes: Uint8Array, offset: number): RecordHead => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const size = isWide ? Number(view.getBigInt64(0)) : view.getUint32(0);
    const type = view.getInt32(headBytes - 4);
    if (size < headBytes || size > source.size - offset)
      throw error(`a record of ${size} bytes begins here, but the file ends at byte ${source.size}`, offset);
    return { offset, size, type };
  };
  const head = async (offset: number): Promise<RecordHead> => headIn(await source.read(offset, headBytes), offset);
  return {
    source,
    headBytes,
    wideBytes,
    head,
    error,
    read: async (offset, expected, most = Infinity) => {
      const found = await head(offset);
      if (!expected.some((name) => RECORD[name] === found.type))
        throw error(`a record ${expected.join(' or ')} is expected here; its type is ${found.type}`, offset);
      const bytes = await source.read(offset, Math.min(found.size, most));
      return fieldsOf(found, bytes, { at: headBytes, wideBytes, nameBytes, error });
    },
  };
}

interface Reading {
  readonly at: number;
  readonly wideBytes: number;
  readonly nameBytes: number;
  readonly error: Records['error'];
}

function fieldsOf(head: RecordHead, bytes: Uint8Array<ArrayBuffer>, reading: Reading): Fields {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let { at } = reading;
  const take = (length: number): number => {
    if (length < 0 || length > bytes.byteLength - at)
      throw reading.error(`the record here is too short: it has ${head.size} bytes`, head.offset);
    at += length;
    return at - length;
  };
  const int = (): number => view.getInt32(take(4));
  const wide = (): number => {
    const place = take(reading.wideBytes);
    return reading.wideBytes === 8 ? Number(view.getBigInt64(place)) : view.getInt32(place);
  };
  const slice = (length: number): Uint8Array<ArrayBuffer> => {
    const place = take(length);
    return bytes.slice(place, place + length);
  };
  return {
    ...head,
    int,
    ints: (count) => {
      const place = take(count * 4);
      return Array.from({ length: count }, (_, index) => view.getInt32(place + index * 4));
    },
    wide,
    link: () => {
      const position = wide();
      return position === 0 || position === -1 ? undefined : position;
    },
    skip: (length) => {
      take(length);
    },
    bytes: slice,
    name: () => {
      const raw = slice(reading.nameBytes);
      const end = raw.indexOf(0);
      return textOf(end < 0 ? raw : raw.subarray(0, end));
    },
  };
}

/** Counts what is read of records; more than the file has is an error: a loop, or records that overlap. */
export function budgetOf({ source, error }: Records): Budget {
  let left = source.size;
  return ({ offset, size }) => {
    left -= size;
    if (left < 0) throw error('the records of this file overlap', offset);
  };
}

/** The records of a linked list, each once. */
export async function* chain(
  records: Records,
  first: number | undefined,
  expected: readonly RecordName[],
  spend: Budget,
): AsyncGenerator<Fields, void, undefined> {
  const met = new Set<number>();
  let offset = first;
  while (offset !== undefined) {
    if (met.has(offset)) throw records.error('a list of records forms a loop here', offset);
    met.add(offset);
    const fields = await records.read(offset, expected);
    spend(fields);
    offset = fields.link();
    yield fields;
  }
}
