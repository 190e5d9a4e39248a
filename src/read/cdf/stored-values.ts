import { mapConcurrent } from '../../core/util/concurrency.js';
import { sizeOf, type Selection } from '../array/selection.js';
import type { Block, Blocks } from './blocks.js';
import { LARGEST_FACTOR } from './compression.js';
import { fillWith, padOf } from './pad.js';
import type { Records } from './records.js';
import { runsOf, type Piece } from './runs.js';
import type { BlockReader } from './stored-blocks.js';
import type { CdfVariable } from './variable-records.js';

/** What is needed to read a variable. */
export interface Storage {
  readonly records: Records;
  readonly variable: CdfVariable;
  readonly blocks: Blocks;
  readonly reader: BlockReader;
  readonly bigEndian: boolean;
}

/** Blocks that are read and expanded at the same time. */
const AT_ONCE = 4;
/** Records that are not stored may make up this many bytes, or this many times the bytes of the file. */
const [FILLED_BYTES, FILLED_FACTOR] = [16 * 1024 * 1024, 20];

/** The bytes of a part of a variable as they are stored, in C order. Records that are not stored are filled in. */
export async function storedBytes(storage: Storage, part: Selection): Promise<Uint8Array<ArrayBuffer>> {
  const { records, variable, blocks, reader } = storage;
  const [start = 0, count = 0, step = 1] = [part.start[0], part.count[0], part.stride[0]];
  const rowBytes = sizeOf(part.count.slice(1)) * variable.itemBytes;
  const bytes = rowBytes * count;
  if (bytes === 0) return new Uint8Array(0);
  const found = await blocks.between(start, start + (count - 1) * step, variable.repeatsPrevious);
  checkSize(storage, found, bytes);
  const pieces = found.map((block) => pieceOf(block, start, count, step));
  const read = async ({ block, row, rows }: Piece): Promise<{ row: number; bytes: Uint8Array<ArrayBuffer> }> => ({
    row,
    bytes: await reader.read(block, start + row * step, rows, step, part),
  });
  const whole = pieces.find(({ rows }) => rows === count);
  if (whole !== undefined) return (await read(whole)).bytes;
  const result = new Uint8Array(bytes);
  const stored = pieces.filter(({ rows }) => rows > 0);
  const isPlain = step === 1 && rowBytes === reader.recordBytes && reader.isCOrder;
  const plain = stored.filter(({ block }) => isPlain && !block.isCompressed);
  for (const piece of plain) reader.check(piece.block, start + piece.row + piece.rows);
  for (const run of runsOf(plain, start, reader.recordBytes)) {
    const content = await records.source.read(run.offset, run.bytes);
    for (const { from, to, bytes: length } of run.parts) result.set(content.subarray(from, from + length), to);
  }
  const others = stored.filter(({ block }) => !isPlain || block.isCompressed);
  for await (const piece of mapConcurrent(others, AT_ONCE, read)) result.set(piece.bytes, piece.row * rowBytes);
  await fillHoles(storage, part, { pieces, result, rowBytes });
  return result;
}

/** Refuses what cannot come from these blocks, before it is allocated. */
function checkSize({ records, variable }: Storage, blocks: readonly Block[], bytes: number): void {
  const { size } = records.source;
  const stored = blocks.reduce((sum, block) => sum + block.bytes, 0);
  if (stored > size) throw records.error(`${variable.name}: its blocks overlap`, variable.offset);
  const most = blocks.reduce(
    (sum, block) => sum + block.bytes * (block.isCompressed ? LARGEST_FACTOR.GZIP : 1),
    Math.max(FILLED_BYTES, FILLED_FACTOR * size),
  );
  if (bytes > most)
    throw records.error(`${variable.name}: ${bytes} bytes cannot come from ${stored} stored ones`, variable.offset);
}

/** Rows of the result that lie in a block: none for the block before the part. */
function pieceOf(block: Block, start: number, count: number, step: number): Piece {
  const row = Math.max(0, Math.ceil((block.first - start) / step));
  const end = Math.min(count, Math.floor((block.last - start) / step) + 1);
  return { block, row: Math.min(row, count), rows: Math.max(0, end - row) };
}

interface Filling {
  readonly pieces: readonly Piece[];
  readonly result: Uint8Array;
  readonly rowBytes: number;
}

/** Fills the rows between the pieces. */
async function fillHoles(storage: Storage, part: Selection, { pieces, result, rowBytes }: Filling): Promise<void> {
  const { variable, reader, bigEndian } = storage;
  const count = part.count[0] ?? 0;
  const pad = padOf(variable, bigEndian);
  const fill = async (row: number, end: number, before: Block | undefined): Promise<void> => {
    if (row >= end) return;
    const isRepeated = variable.repeatsPrevious && before !== undefined;
    const pattern = isRepeated ? await reader.read(before, before.last, 1, 1, part) : pad;
    fillWith(result.subarray(row * rowBytes, end * rowBytes), pattern);
  };
  let [row, before]: [number, Block | undefined] = [0, undefined];
  for (const piece of pieces) {
    await fill(row, piece.row, before);
    row = Math.max(row, piece.row + piece.rows);
    before = piece.block;
  }
  await fill(row, count, before);
}
