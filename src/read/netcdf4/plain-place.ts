import { sizeOf } from '../array/selection.js';
import type { ElementType } from './element-type.js';
import type { Engine } from './engine.js';
import type { StoredDataset } from './objects.js';
import type { Session } from './session.js';

/** Where the values of a dataset lie that are in the file as they are, in one piece. */
export interface PlainPlace {
  readonly offset: number;
  /** In the file; HDF5 may hand them out in another order. */
  readonly bigEndian: boolean;
}

const places = new WeakMap<StoredDataset, Promise<PlainPlace | undefined>>();

/**
 * Where the values of a dataset lie in the file; `undefined` unless they lie there in one piece, as they are.
 *
 * HDF5 reads 64 kB for each row of a part of such a dataset, wherever the rows lie. It does not tell where they are, but shows it: it is
 * asked for the first value and for the last one, and they are in one piece when its reads are as far from each other as the two are, and
 * the values are there.
 *
 * @param type - Of numbers or characters.
 */
export function plainPlaceOf(
  session: Session,
  dataset: StoredDataset,
  type: ElementType,
  name: string,
): Promise<PlainPlace | undefined> {
  const known = places.get(dataset);
  if (known !== undefined) return known;
  const found = session.run(`the variable ${name} cannot be read`, (engine) => probe(engine, dataset, type));
  places.set(dataset, found);
  found.catch(() => places.delete(dataset));
  return found;
}

function probe(engine: Engine, { path, metadata }: StoredDataset, type: ElementType): PlainPlace | undefined {
  const { shape, chunks, virtual_sources, littleEndian } = metadata;
  if (shape === null || chunks !== null || virtual_sources !== undefined) return undefined;
  const count = sizeOf(shape);
  if (count < 2) return undefined;
  const bigEndian = type.bytes > 1 && !littleEndian;
  const isTurned = bigEndian && !(type.kind === 'number' && type.bigEndian);
  const ends = [() => 0, (length: number) => length - 1].map((index) =>
    valueAt(engine, path, type.bytes, shape.map(index)),
  );
  const [first, last] = ends;
  if (first?.offset === undefined || last?.offset === undefined) return undefined;
  if (last.offset - first.offset !== (count - 1) * type.bytes) return undefined;
  for (const { offset = 0, value } of [first, last]) {
    const stored = Buffer.alloc(type.bytes);
    engine.mounted.source?.readSync?.(offset, stored);
    if (!(isTurned ? stored.reverse() : stored).equals(value)) return undefined;
  }
  return { offset: first.offset, bigEndian };
}

interface Value {
  /** Where HDF5 began to read the last time, which was for the value itself. */
  readonly offset: number | undefined;
  readonly value: Uint8Array;
}

function valueAt({ hdf5, file, mounted }: Engine, path: string, bytes: number, index: readonly number[]): Value {
  const pointer = hdf5._malloc(bytes);
  const ones = index.map(() => 1n);
  mounted.lastRead = undefined;
  const status = hdf5.get_dataset_data(file, path, ones, index.map(BigInt), ones, BigInt(pointer));
  const value = hdf5.HEAPU8.slice(pointer, pointer + bytes);
  hdf5._free(pointer);
  mounted.messages = ''; // of big-endian enumerations, whose order it cannot turn
  if (status < 0) throw new Error('HDF5 reports an error');
  return { offset: mounted.lastRead, value };
}
