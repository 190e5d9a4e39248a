import { NUMERIC, type NumericType } from '../array/data-types.js';
import type { DataType } from '../types.js';
import type { TypeMetadata } from './hdf5.js';

/** H5T_class_t. */
const CLASS = {
  integer: 0,
  float: 1,
  string: 3,
  bitfield: 4,
  opaque: 5,
  compound: 6,
  reference: 7,
  enumeration: 8,
  list: 9,
  array: 10,
} as const;

/** H5T_str_t: how texts of a fixed length end. */
const PADDINGS = ['terminated', 'nul', 'space'] as const;
export type TextPadding = (typeof PADDINGS)[number];

/** The type of an element as it comes from HDF5 into memory. */
export type ElementType = { readonly bytes: number } & (
  | { readonly kind: 'number'; readonly dtype: NumericType; readonly bigEndian: boolean }
  | { readonly kind: 'character' }
  | { readonly kind: 'text'; readonly padding: TextPadding; readonly isVariable: boolean }
  | { readonly kind: 'record'; readonly fields: readonly Field[] }
  /** Values of any number. */
  | { readonly kind: 'list'; readonly of: ElementType }
  | { readonly kind: 'array'; readonly of: ElementType; readonly shape: readonly number[] }
  /** Bytes without a meaning, or a reference. */
  | { readonly kind: 'bytes' }
  | { readonly kind: 'refused'; readonly what: string }
);

export interface Field {
  readonly name: string;
  readonly offset: number;
  readonly type: ElementType;
}

/** HDF5 turns big-endian numbers where all numbers of the type are big-endian, but no enumerations. */
export function elementTypeOf(metadata: TypeMetadata): ElementType {
  const leaves = numbersOf(metadata);
  const isMixed = leaves.some((one) => one.littleEndian) && leaves.some((one) => !one.littleEndian);
  const isEnumeration = metadata.type === CLASS.enumeration;
  if (!isMixed && !isEnumeration && leaves.some((one) => one.type === CLASS.enumeration && !one.littleEndian))
    return { kind: 'refused', what: 'big-endian enumerations within another type', bytes: metadata.size };
  return typeOf(metadata, isMixed || isEnumeration);
}

function numbersOf(metadata: TypeMetadata): TypeMetadata[] {
  const inner = [metadata.array_type, metadata.vlen_type].filter((one) => one !== undefined);
  const within = [...inner, ...(metadata.compound_type?.members ?? [])];
  if (within.length > 0) return within.flatMap(numbersOf);
  const { type } = metadata;
  const isNumber = [CLASS.integer, CLASS.float, CLASS.bitfield, CLASS.enumeration].some((one) => one === type);
  return isNumber ? [metadata] : [];
}

function typeOf(metadata: TypeMetadata, isAsInFile: boolean): ElementType {
  const { type, size: bytes, vlen, strpad, array_type, vlen_type, compound_type } = metadata;
  if (type === CLASS.string && vlen) return { kind: 'text', padding: 'terminated', isVariable: true, bytes };
  if (type === CLASS.string && bytes === 1) return { kind: 'character', bytes };
  if (type === CLASS.string) return { kind: 'text', padding: PADDINGS[strpad ?? 0] ?? 'nul', isVariable: false, bytes };
  if (type === CLASS.opaque || type === CLASS.reference) return { kind: 'bytes', bytes };
  if (vlen_type !== undefined) return { kind: 'list', of: typeOf(vlen_type, isAsInFile), bytes };
  if (array_type !== undefined)
    return { kind: 'array', of: typeOf(array_type, isAsInFile), shape: array_type.shape, bytes };
  if (compound_type !== undefined)
    return {
      kind: 'record',
      fields: compound_type.members.map((member) => ({
        name: member.name,
        offset: member.offset,
        type: typeOf(member, isAsInFile),
      })),
      bytes,
    };
  const dtype = numericTypeOf(metadata);
  if (dtype === undefined) return { kind: 'refused', what: `type class ${type} of ${bytes} bytes`, bytes };
  return { kind: 'number', dtype, bigEndian: isAsInFile && !metadata.littleEndian, bytes };
}

function numericTypeOf({ type, size, signed }: TypeMetadata): NumericType | undefined {
  const name = type === CLASS.float ? 'float' : signed && type !== CLASS.bitfield ? 'int' : 'uint';
  const known: readonly number[] = [CLASS.integer, CLASS.float, CLASS.bitfield, CLASS.enumeration];
  if (!known.includes(type)) return undefined;
  return NUMBERS.find((dtype) => dtype === `${name}${size * 8}`);
}

const NUMBERS = [
  ...(['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64'] as const),
  ...(['float32', 'float64'] as const),
];

/** Whether values of the type hold memory of HDF5 beside their own bytes, which must be given back. */
export function hasMemory(type: ElementType): boolean {
  switch (type.kind) {
    case 'text':
      return type.isVariable;
    case 'list':
      return true;
    case 'array':
      return hasMemory(type.of);
    case 'record':
      return type.fields.some((field) => hasMemory(field.type));
    default:
      return false;
  }
}

/** The type by which a variable of such elements is known. */
export function dataTypeOf(type: ElementType): DataType {
  switch (type.kind) {
    case 'number':
      return type.dtype;
    case 'character':
    case 'text':
      return 'text';
    case 'record':
    case 'refused':
      return 'record';
    default:
      return 'list';
  }
}

/** Whether elements of this type are a typed array of numbers, or of characters. */
export function plainTypeOf(type: ElementType): NumericType | undefined {
  if (type.kind === 'character') return 'uint8';
  return type.kind === 'number' && NUMERIC[type.dtype].bytes === type.bytes ? type.dtype : undefined;
}
