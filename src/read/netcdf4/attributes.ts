import { textOf, withoutPadding } from '../netcdf/text.js';
import type { Attribute } from '../types.js';
import { elementTypeOf, hasMemory } from './element-type.js';
import { elementsIn } from './elements.js';
import type { Engine } from './engine.js';
import { LONGEST_ATTRIBUTE } from './limits.js';

/** The values of an attribute, as many as it has, and whether they stand for one. */
export interface RawAttribute {
  readonly values: readonly unknown[];
  readonly isCharacters: boolean;
}

/** All attributes of an object, in the order of the file. */
export function attributesAt({ hdf5, file }: Engine, path: string): Map<string, RawAttribute> {
  const found = new Map<string, RawAttribute>();
  for (const name of hdf5.get_attribute_names(file, path)) found.set(name, attributeAt({ hdf5, file }, path, name));
  return found;
}

function attributeAt({ hdf5, file }: Pick<Engine, 'hdf5' | 'file'>, path: string, name: string): RawAttribute {
  const metadata = hdf5.get_attribute_metadata(file, path, name);
  const type = elementTypeOf(metadata);
  const isCharacters = type.kind === 'character' || (type.kind === 'text' && !type.isVariable);
  const count = metadata.shape?.reduce((product, length) => product * length, 1) ?? 0;
  if (count === 0 || type.kind === 'refused') return { values: [], isCharacters };
  const bytes = count * type.bytes;
  if (bytes > LONGEST_ATTRIBUTE) throw new Error(`the attribute ${name} has ${bytes} bytes`);
  const pointer = hdf5._malloc(bytes);
  if (pointer === 0) throw new Error(`no memory for the attribute ${name}`);
  const status = hdf5.get_attribute_data(file, path, name, BigInt(pointer));
  if (status < 0) throw new Error(`the attribute ${name} cannot be read`);
  const heap = { bytes: hdf5.HEAPU8, left: LONGEST_ATTRIBUTE };
  const values = elementsIn(heap.bytes.slice(pointer, pointer + bytes), type, heap);
  if (hasMemory(type)) hdf5.reclaim_vlen_memory(file, path, name, BigInt(pointer));
  hdf5._free(pointer);
  const characters =
    values instanceof Uint8Array && type.kind === 'character' ? [textOf(withoutPadding(values, 'nul'))] : [...values];
  return { values: characters, isCharacters };
}

/** The attribute as it is offered: single values alone, as netCDF knows them. */
export function attributeOf({ values, isCharacters }: RawAttribute): Attribute {
  if (values.length === 0) return isCharacters ? '' : [];
  return values.length === 1 ? valueOf(values[0]) : values.map(valueOf);
}

function valueOf(value: unknown): Attribute {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value !== 'object' || value === null) return null;
  if (isIterable(value)) return Array.from(value, valueOf);
  return Object.fromEntries(Object.entries(value).map(([name, inner]): [string, Attribute] => [name, valueOf(inner)]));
}

const isIterable = (value: object): value is Iterable<unknown> => Symbol.iterator in value;
