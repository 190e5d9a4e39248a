import { endAt, exactly, wide, type End, type EndSteps } from './end-judge.js';

/** Bytes of a value, by type: byte, char, short, int, float, double, and those of CDF-5 only. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 4, 8, 1, 2, 4, 8, 8];
/** The most entries of one kind in a header: they are kept in memory, and no file of the centres has more. */
const MOST = 1_000_000;
const VARIABLE = 11;
/** The tags of the lists before the variables. */
export const LISTS = { dimensions: 10, attributes: 12 } as const;
/** Longer texts and values are no names, and nothing that is searched for. */
const MOST_BYTES = 1024 * 1024;

interface Layout {
  readonly dimensions: readonly number[];
  readonly variables: readonly {
    readonly dimensions: readonly number[];
    readonly typeBytes: number;
    readonly begin: number;
  }[];
  readonly end: number;
}

/** netCDF classic (CDF-1, CDF-2, CDF-5): the header says where each variable is and how many records there are. */
export function* netcdfEnd(version: 1 | 2 | 5): EndSteps {
  const header = new NetcdfHeader(version);
  const records = yield* header.count();
  try {
    return endOf(yield* layoutOf(header), records, header.isOpen(records));
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'cut', why: error.message };
    throw error;
  }
}

function endOf({ dimensions, variables, end }: Layout, records: number, open: boolean): End {
  let needed = end;
  const recorded: { readonly bytes: number; readonly begin: number }[] = [];
  for (const variable of variables) {
    const lengths = variable.dimensions.map((id) => dimensions[id] ?? 0);
    const isRecorded = lengths[0] === 0;
    const values = (isRecorded ? lengths.slice(1) : lengths).reduce((product, length) => product * length, 1);
    const bytes = values * variable.typeBytes;
    if (isRecorded) recorded.push({ bytes, begin: variable.begin });
    else needed = Math.max(needed, variable.begin + padded(bytes));
  }
  if (recorded.length === 0) return endAt(needed);
  if (open) return { kind: 'cut', why: 'it does not say how many records it has' };
  // A single record variable is not padded, not even between its records.
  const single = recorded.length === 1;
  const recordBytes = recorded.reduce((sum, { bytes }) => sum + (single ? bytes : padded(bytes)), 0);
  const begin = Math.min(...recorded.map((variable) => variable.begin));
  return endAt(records === 0 ? needed : Math.max(needed, begin + records * recordBytes));
}

function* layoutOf(header: NetcdfHeader): EndSteps<Layout> {
  const dimensions: number[] = [];
  for (let left = yield* header.list(LISTS.dimensions); left > 0; left -= 1) {
    yield* header.skipName();
    dimensions.push(yield* header.count());
  }
  yield* header.skipAttributes();
  const variables: { dimensions: number[]; typeBytes: number; begin: number }[] = [];
  for (let left = yield* header.list(VARIABLE); left > 0; left -= 1) {
    yield* header.skipName();
    const ids: number[] = [];
    const axes = yield* header.count();
    if (axes > MOST) throw new RangeError('a variable in its header has too many dimensions');
    for (let axis = 0; axis < axes; axis += 1) ids.push(yield* header.count());
    yield* header.skipAttributes();
    const typeBytes = yield* header.typeBytes();
    // The size given here is redundant, and wrong for large variables.
    yield* header.count();
    variables.push({ dimensions: ids, typeBytes, begin: yield* header.begin() });
  }
  return { dimensions, variables, end: header.at };
}

/** The header of a netCDF classic file, read field by field; a damaged one is a `RangeError`. */
export class NetcdfHeader {
  at = 4;
  readonly #wide: 4 | 8;
  readonly #begin: 4 | 8;

  constructor(version: 1 | 2 | 5) {
    this.#wide = version === 5 ? 8 : 4;
    this.#begin = version === 1 ? 4 : 8;
  }

  /** Whether a number of records is that of a file that is still being written. */
  isOpen(records: number): boolean {
    return records >= (this.#wide === 8 ? Number.MAX_SAFE_INTEGER : 0xffff_ffff);
  }

  *count(): EndSteps<number> {
    return yield* this.#number(this.#wide);
  }

  *begin(): EndSteps<number> {
    return yield* this.#number(this.#begin);
  }

  *typeBytes(): EndSteps<number> {
    const type = yield* this.#number(4);
    const bytes = TYPE_BYTES[type] ?? 0;
    if (bytes === 0) throw new RangeError(`its header names the type ${type}, which does not exist`);
    return bytes;
  }

  /** How many elements a list has; none where it is absent. */
  *list(tag: number): EndSteps<number> {
    const found = yield* this.#number(4);
    const count = yield* this.count();
    if (found === 0 && count === 0) return 0;
    if (found !== tag || count > MOST) throw new RangeError(`its header holds no valid list at byte ${this.at}`);
    return count;
  }

  *skipName(): EndSteps<void> {
    this.#skip(padded(yield* this.count()));
  }

  *skipAttributes(): EndSteps<void> {
    for (let left = yield* this.list(LISTS.attributes); left > 0; left -= 1) {
      yield* this.skipName();
      const typeBytes = yield* this.typeBytes();
      this.#skip(padded((yield* this.count()) * typeBytes));
    }
  }

  *name(): EndSteps<string> {
    return (yield* this.#bytes(yield* this.count())).toString('utf8');
  }

  /** The type of a value and its bytes; `undefined` for one that is very long. */
  *value(): EndSteps<{ readonly type: number; readonly bytes: Buffer } | undefined> {
    const type = yield* this.#number(4);
    const size = TYPE_BYTES[type] ?? 0;
    if (size === 0) throw new RangeError(`its header names the type ${type}, which does not exist`);
    const length = (yield* this.count()) * size;
    if (length <= MOST_BYTES) return { type, bytes: yield* this.#bytes(length) };
    this.#skip(padded(length));
    return undefined;
  }

  *#bytes(length: number): EndSteps<Buffer> {
    if (length > MOST_BYTES) throw new RangeError(`its header holds a name of ${length} bytes`);
    if (length === 0) return Buffer.alloc(0);
    const { buffer, byteOffset } = yield* exactly(this.at, length);
    this.#skip(padded(length));
    return Buffer.from(buffer, byteOffset, length);
  }

  *#number(bytes: 4 | 8): EndSteps<number> {
    const view = yield* exactly(this.at, bytes);
    this.at += bytes;
    return wide(view, 0, bytes);
  }

  #skip(bytes: number): void {
    this.at += bytes;
    if (!Number.isSafeInteger(this.at)) throw new RangeError('its header is longer than any file');
  }
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}
