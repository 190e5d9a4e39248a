import type { Selection } from '../array/selection.js';
import { readStrided } from '../array/strided.js';
import { memorySource } from '../source/sources.js';
import type { Block } from './blocks.js';
import { compressionAt, expand, type Compression } from './compression.js';
import type { Records } from './records.js';
import type { CdfVariable } from './variable-records.js';

/** Reads parts of blocks of a variable, in C order. */
export interface BlockReader {
  /** Bytes of a record. */
  readonly recordBytes: number;
  /** Whether a record is stored in C order. */
  readonly isCOrder: boolean;
  /** Throws unless the block holds all records before `end`; `bytes` of them are there. */
  check(block: Block, end: number, bytes?: number): void;
  /** Of `rows` records, every `step`-th from `record` on, the part along the other axes. */
  read(block: Block, record: number, rows: number, step: number, part: Selection): Promise<Uint8Array<ArrayBuffer>>;
}

/** A reader of the blocks of this variable. */
export function blockReader(records: Records, variable: CdfVariable, isRowMajor: boolean): BlockReader {
  const { itemBytes, dims, parameters, blocking } = variable;
  const inner = byteStrides(dims, itemBytes, isRowMajor);
  const recordBytes = dims.reduce((product, length) => product * length, itemBytes);
  const named = (what: string): string => `${variable.name}: ${what}`;
  let compression: Promise<Compression> | undefined;

  const expanded = async ({ first, last, offset, bytes }: Block): Promise<Uint8Array<ArrayBuffer>> => {
    if (parameters === undefined) throw records.error(named('its compression is not described'), variable.offset);
    compression ??= compressionAt(records, parameters);
    const kind = await compression;
    const most = Math.max(last - first + 1, blocking) * recordBytes;
    const packed = await records.source.read(offset, bytes);
    try {
      return await expand(packed, kind, most);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw records.error(named(`a block compressed by ${kind} is damaged: ${why}`), offset);
    }
  };

  const check = (block: Block, end: number, bytes = block.bytes): void => {
    const needed = (end - block.first) * recordBytes;
    if (needed > bytes)
      throw records.error(named(`a block ends after ${bytes} bytes; ${needed} of it are needed`), block.offset);
  };

  return {
    recordBytes,
    isCOrder: isRowMajor || dims.length < 2,
    check,
    read: async (block, record, rows, step, part) => {
      const selection: Selection = {
        start: [0, ...part.start.slice(1)],
        count: [rows, ...part.count.slice(1)],
        stride: [step, ...part.stride.slice(1)],
      };
      const skipped = (record - block.first) * recordBytes;
      const end = record + (rows - 1) * step + 1;
      const layout = { byteStrides: [recordBytes, ...inner], itemBytes };
      if (!block.isCompressed) {
        check(block, end);
        return readStrided(records.source, { ...layout, offset: block.offset + skipped }, selection);
      }
      const content = await expanded(block);
      check(block, end, content.byteLength);
      return readStrided(memorySource(content, records.source.path), { ...layout, offset: skipped }, selection);
    },
  };
}

/** Bytes from one element to the next along each dimension of a record. */
function byteStrides(dims: readonly number[], itemBytes: number, isRowMajor: boolean): number[] {
  const strides = dims.map(() => itemBytes);
  const axes = isRowMajor ? [...dims.keys()].reverse() : [...dims.keys()];
  let bytes = itemBytes;
  for (const axis of axes) {
    strides[axis] = bytes;
    bytes *= dims[axis] ?? 1;
  }
  return strides;
}
