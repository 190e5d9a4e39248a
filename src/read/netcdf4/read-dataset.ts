import { setImmediate } from 'node:timers/promises';
import { NUMERIC, numbersIn, type NumericArray } from '../array/data-types.js';
import { sizeOf, stridesOf, type Selection } from '../array/selection.js';
import { readNumbers } from '../array/strided.js';
import { elementTypeOf, hasMemory, plainTypeOf, type ElementType } from './element-type.js';
import { elementsIn, type Heap } from './elements.js';
import type { Engine } from './engine.js';
import { missingFilter } from './filters.js';
import { allocate, mostBytes } from './limits.js';
import type { StoredDataset } from './objects.js';
import type { Session } from './session.js';
import { plainPlaceOf } from './plain-place.js';
import { tilesOf, type Tile } from './tiles.js';

/** A part of a dataset that HDF5 has. */
export interface Part {
  readonly session: Session;
  readonly dataset: StoredDataset;
  readonly name: string;
}

/**
 * The values of a selection in C order. Where the dataset is shorter than the selection, since an unlimited dimension grew on without
 * it, they are the fill value.
 */
export async function readDataset(
  part: Part,
  selection: Selection,
  fill: number | bigint | undefined,
): Promise<NumericArray | unknown[]> {
  const type = elementTypeOf(part.dataset.metadata);
  const stored = within(selection, part.dataset.metadata.shape ?? [0]);
  const isWhole = sizeOf(stored.count) === sizeOf(selection.count);
  const plain = plainTypeOf(type);
  if (plain === undefined) return readValues(part, type, selection, stored);
  const total = sizeOf(selection.count) * type.bytes;
  const isBig = type.kind === 'number' && type.bigEndian;
  const place = isWhole ? await plainPlaceOf(part.session, part.dataset, type, part.name) : undefined;
  if (place !== undefined) {
    const strides = stridesOf(part.dataset.metadata.shape ?? []);
    const byteStrides = strides.map((stride) => stride * type.bytes);
    const layout = { offset: place.offset, byteStrides, itemBytes: type.bytes };
    return readNumbers(part.session.source, layout, selection, plain, place.bigEndian);
  }
  const bytes = allocate(part.session.source, total, part.name);
  if (!isWhole && fill !== undefined) {
    const numbers = NUMERIC[plain].make(bytes.buffer, 0, sizeOf(selection.count));
    if (numbers instanceof BigInt64Array || numbers instanceof BigUint64Array) numbers.fill(BigInt(fill));
    else numbers.fill(Number(fill));
  }
  if (!isWhole && isBig) numbersIn(bytes, plain, true);
  await readTiles(part, type, stored, (tile, memory) => {
    for (const { from, to, length } of rowsOf(tile, selection.count))
      bytes.set(memory.subarray(from * type.bytes, (from + length) * type.bytes), to * type.bytes);
  });
  return plain === 'uint8' && type.kind === 'character' ? bytes : numbersIn(bytes, plain, isBig);
}

async function readValues(part: Part, type: ElementType, selection: Selection, stored: Selection): Promise<unknown[]> {
  const { source } = part.session;
  const count = sizeOf(selection.count);
  if (count * type.bytes > mostBytes(source)) allocate(source, count * type.bytes, part.name);
  const values = Array.from<unknown>({ length: count }).fill(
    type.kind === 'text' ? '' : type.kind === 'list' ? [] : null,
  );
  const budget = { left: mostBytes(source) };
  await readTiles(part, type, stored, (tile, memory, bytes) => {
    const heap: Heap = { bytes, left: budget.left };
    const found = elementsIn(memory.slice(), type, heap);
    budget.left = heap.left;
    for (const { from, to, length } of rowsOf(tile, selection.count))
      for (let index = 0; index < length; index += 1) values[to + index] = found[from + index];
  });
  return values;
}

/** The part of a selection that lies within a shape. */
function within({ start, count, stride }: Selection, shape: readonly number[]): Selection {
  const inside = count.map((many, axis) => {
    const [first = 0, step = 1, length = 0] = [start[axis], stride[axis], shape[axis]];
    return Math.max(0, Math.min(many, Math.ceil((length - first) / step)));
  });
  return { start, count: inside, stride };
}

type Take = (tile: Tile, memory: Uint8Array<ArrayBuffer>, heap: Uint8Array<ArrayBuffer>) => void;

async function readTiles(
  { session, dataset, name }: Part,
  type: ElementType,
  stored: Selection,
  take: Take,
): Promise<void> {
  const { chunks } = dataset.metadata;
  const chunkBytes = chunks === null ? 0 : sizeOf(chunks) * type.bytes;
  let isFirst = true;
  for (const tile of tilesOf(stored, chunks ?? stored.count.map(() => 1), type.bytes)) {
    if (!isFirst) await setImmediate(); // gives an abort its turn
    isFirst = false;
    await session.run(`the variable ${name} cannot be read`, (engine) => {
      // A chunk as it is stored, as it is unpacked, and on its way between filters.
      engine.allow(3 * Math.min(chunkBytes, mostBytes(session.source)) + 3 * sizeOf(tile.count) * type.bytes);
      readTile(engine, dataset.path, type, tile, take);
    });
  }
}

function readTile(engine: Engine, path: string, type: ElementType, tile: Tile, take: Take): void {
  const { hdf5, file, mounted } = engine;
  const bytes = sizeOf(tile.count) * type.bytes;
  const pointer = hdf5._malloc(bytes);
  if (pointer === 0) throw new Error(`no memory for ${bytes} bytes`);
  // HDF5 leaves it as it is where nothing was written and the file has no fill value.
  hdf5.HEAPU8.fill(0, pointer, pointer + bytes);
  const isScalar = tile.count.length === 0;
  const [count, start, stride] = [tile.count, tile.start, tile.stride].map((list) => list.map(BigInt));
  const status = isScalar
    ? hdf5.get_dataset_data(file, path, null, null, null, BigInt(pointer))
    : hdf5.get_dataset_data(file, path, count ?? null, start ?? null, stride ?? null, BigInt(pointer));
  if (status < 0) throw new Error(missingFilter(engine, path) ?? 'HDF5 reports an error');
  mounted.messages = ''; // of big-endian enumerations, whose order it cannot turn
  const heap = hdf5.HEAPU8;
  take(tile, heap.subarray(pointer, pointer + bytes), heap);
  if (hasMemory(type) && isScalar) hdf5.reclaim_vlen_memory(file, path, '', BigInt(pointer));
  else if (hasMemory(type)) hdf5.reclaim_vlen_memory_count(file, path, '', BigInt(pointer), count ?? []);
  hdf5._free(pointer);
}

interface Row {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** Elements of a tile that lie side by side in the result too. */
function* rowsOf({ count, to }: Tile, whole: readonly number[]): Generator<Row> {
  let axis = count.length - 1;
  let length = 1;
  for (; axis >= 0; axis -= 1) {
    length *= count[axis] ?? 1;
    if (count[axis] !== whole[axis]) {
      axis -= 1;
      break;
    }
  }
  const strides = stridesOf(whole);
  const first = to.reduce((sum, index, at) => sum + index * (strides[at] ?? 1), 0);
  const outer = count.slice(0, axis + 1);
  const steps = stridesOf(outer);
  for (let row = 0; row < sizeOf(outer); row += 1) {
    const place = outer.reduce(
      (sum, many, at) => sum + (Math.floor(row / (steps[at] ?? 1)) % many) * (strides[at] ?? 1),
      first,
    );
    yield { from: row * length, to: place, length };
  }
}
