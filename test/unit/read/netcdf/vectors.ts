import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Attribute, DataFile, NdArray, Variable } from '../../../../src/read/types.js';

const folder = new URL('../../../fixtures/read/netcdf/', import.meta.url);

type Json = number | string;
interface AttributeVector {
  readonly type: string;
  readonly value: string | readonly Json[];
}

export interface VariableVector {
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly shape: readonly number[];
  readonly attributes: Readonly<Record<string, AttributeVector>>;
  readonly type: string;
  readonly sha256?: string;
  readonly first?: readonly unknown[];
  readonly rows?: readonly unknown[];
  readonly fill?: { readonly value: Json; readonly count: number };
  readonly text?: { readonly first: readonly string[]; readonly last: readonly string[] };
  readonly decoded?: { readonly first: readonly Json[]; readonly last: readonly Json[]; readonly finite: number };
  readonly times?: { readonly index: readonly number[]; readonly iso: readonly string[] };
}

interface GroupVector {
  readonly attributes: Readonly<Record<string, AttributeVector>>;
  readonly variables: readonly VariableVector[];
  readonly groups?: Readonly<Record<string, GroupVector>>;
}

export interface FileVector {
  readonly file: string;
  readonly container: { readonly dataModel: string };
  readonly root: GroupVector;
}

export const fixture = (name: string): Buffer => readFileSync(new URL(name, folder));
export const fixturePath = (name: string): URL => new URL(name, folder);

export const fileVectors: readonly FileVector[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name): FileVector => JSON.parse(fixture(name).toString()));

export const isClassic = ({ container }: FileVector): boolean => container.dataModel.startsWith('NETCDF3');

/** All variables by their names in an open file. */
export function variablesOf({ root }: FileVector): Map<string, VariableVector> {
  const found = new Map<string, VariableVector>();
  const walk = (group: GroupVector, path: string): void => {
    for (const variable of group.variables) found.set(`${path}${variable.name}`, variable);
    for (const [name, inner] of Object.entries(group.groups ?? {})) walk(inner, `${path}${name}/`);
  };
  walk(root, '');
  return found;
}

/** Compares all that a vector says with the file. */
export async function expectFile(file: DataFile, vector: FileVector): Promise<void> {
  expectAttributes(file.attributes, vector.root.attributes);
  const variables = variablesOf(vector);
  expect([...file.variables.keys()].sort()).toEqual([...variables.keys()].sort());
  const groups = (group: GroupVector, path: string): void => {
    for (const [name, inner] of Object.entries(group.groups ?? {})) {
      expectAttributes(file.groups?.get(path + name)?.attributes ?? {}, inner.attributes);
      groups(inner, `${path}${name}/`);
    }
  };
  groups(vector.root, '');
  for (const [name, expected] of variables) await expectVariable(file.variables.get(name)!, expected, name);
}

const TEXTS = new Set(['char', 'string']);

async function expectVariable(variable: Variable, expected: VariableVector, name: string): Promise<void> {
  const { type } = expected;
  expect(variable.name).toBe(name);
  expect(variable.shape).toEqual(expected.shape);
  expect(variable.dimensions).toEqual(expected.dimensions);
  const dtype = TEXTS.has(type) ? 'text' : type === 'compound' ? 'record' : type.startsWith('vlen') ? 'list' : type;
  expect(variable.dtype).toBe(dtype);
  expectAttributes(variable.attributes, expected.attributes);
  const stored = await variable.read({ decode: false });
  expect(stored.shape).toEqual(expected.shape);
  if (expected.sha256 !== undefined) expect(sha256(stored.data)).toBe(expected.sha256);
  else expect(plain(stored.data)).toEqual(expected.rows ?? expected.first);
  if (expected.fill !== undefined) expect(variable.fill).toBe(numberOf(expected.fill.value, type));
  const decoded = await variable.read();
  if (expected.text !== undefined) {
    expect(decoded.data.slice(0, expected.text.first.length)).toEqual(expected.text.first);
    expect(decoded.data.slice(-expected.text.last.length)).toEqual(expected.text.last);
  }
  if (expected.decoded !== undefined) expectDecoded(decoded, expected.decoded);
  if (expected.times !== undefined) {
    expect(decoded.data).toBeInstanceOf(BigInt64Array);
    expect(expected.times.index.map((index) => isoOf(decoded.data[index]))).toEqual(expected.times.iso);
  }
}

function expectDecoded({ data }: NdArray, { first, last, finite }: NonNullable<VariableVector['decoded']>): void {
  const numbers = data as Float64Array;
  expect([...numbers.slice(0, first.length)]).toEqual(first.map(Number));
  expect([...numbers.slice(-last.length)]).toEqual(last.map(Number));
  expect(numbers.filter(Number.isFinite)).toHaveLength(finite);
}

/** An instant as the vectors write it: in microseconds, which are left out where they are none. */
function isoOf(time: unknown): string {
  expect((time as bigint) % 1000n).toBe(0n);
  const microseconds = (time as bigint) / 1000n;
  const seconds = new Date(Number(microseconds / 1000n)).toISOString().slice(0, 19);
  const fraction = microseconds % 1_000_000n;
  return fraction === 0n ? seconds : `${seconds}.${String(fraction).padStart(6, '0')}`;
}

function sha256(data: NdArray['data']): string {
  const bytes = Array.isArray(data) ? data.join('\0') : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return createHash('sha256').update(bytes).digest('hex');
}

/** Typed arrays within as plain ones. */
const plain = (data: unknown): unknown =>
  ArrayBuffer.isView(data) ? Array.from(data as Int16Array) : Array.isArray(data) ? data.map(plain) : data;

const numberOf = (value: Json, type: string): number | bigint =>
  type.endsWith('64') && type.includes('int') ? BigInt(value) : Number(value);

function expectAttributes(found: Readonly<Record<string, Attribute>>, expected: GroupVector['attributes']): void {
  const values = Object.entries(expected).map(([name, { type, value }]) => {
    if (typeof value === 'string') return [name, value];
    const list = value.map((one) => (type.startsWith('string') ? one : numberOf(one, type)));
    return [name, list.length === 1 ? list[0] : list];
  });
  expect(found).toEqual(Object.fromEntries(values));
}
