import type { Block } from './blocks.js';

/** A block, and which rows of the result come from it. */
export interface Piece {
  readonly block: Block;
  readonly row: number;
  readonly rows: number;
}

/** Plain blocks that lie one after the other in the file, with little between them: one read. */
export interface Run {
  readonly offset: number;
  readonly bytes: number;
  /** Where the bytes of its pieces begin in it, and in the result. */
  readonly parts: readonly { readonly from: number; readonly to: number; readonly bytes: number }[];
}

const RUN_BYTES = 4 * 1024 * 1024;

/**
 * Whole records of plain blocks, put together to fewer reads, of which no more than half are heads of records, lists of blocks and what
 * else lies between them. `start` is the record of the first row.
 */
export function runsOf(pieces: readonly Piece[], start: number, recordBytes: number): Run[] {
  const runs: {
    offset: number;
    bytes: number;
    wanted: number;
    parts: { from: number; to: number; bytes: number }[];
  }[] = [];
  for (const { block, row, rows } of pieces) {
    const offset = block.offset + (start + row - block.first) * recordBytes;
    const [bytes, to] = [rows * recordBytes, row * recordBytes];
    const run = runs.at(-1);
    const gap = run === undefined ? -1 : offset - run.offset - run.bytes;
    const together = (run?.bytes ?? 0) + gap + bytes;
    if (run !== undefined && gap >= 0 && together <= Math.min(RUN_BYTES, 2 * (run.wanted + bytes))) {
      run.parts.push({ from: run.bytes + gap, to, bytes });
      run.bytes = together;
      run.wanted += bytes;
    } else runs.push({ offset, bytes, wanted: bytes, parts: [{ from: 0, to, bytes }] });
  }
  return runs;
}
