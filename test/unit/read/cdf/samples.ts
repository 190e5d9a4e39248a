import { readdirSync, readFileSync } from 'node:fs';
import { openCdf } from '../../../../src/read/cdf/open-cdf.js';
import { memorySource } from '../../../../src/read/source/sources.js';
import { DataError } from '../../../../src/read/data-error.js';
import type { DataFile } from '../../../../src/read/types.js';
import { rejection } from '../../../support/rejection.js';

const folder = new URL('../../../fixtures/read/cdf/', import.meta.url);

/** Files with a vector: what other libraries found in them. */
export const samples = readdirSync(folder).filter((name) => name.endsWith('.cdf') && name !== 'not_a_cdf.cdf');

export type Stored = number | string | readonly (number | string)[];

export interface EntryVector {
  readonly type: string;
  readonly text?: string | string[];
  readonly values?: readonly Stored[];
}

export interface VariableVector {
  readonly name: string;
  readonly type: string;
  readonly shape: number[];
  readonly attributes: Record<string, EntryVector>;
  readonly sha256: string;
  readonly fill?: { readonly value: Stored; readonly type: string };
  readonly times?: { readonly index: number[]; readonly iso: (string | null)[] };
}

export interface Vector {
  readonly globalAttributes: Record<string, EntryVector[]>;
  readonly variables: VariableVector[];
}

export const vectorOf = (name: string): Vector =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Vector;

export const contentOf = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));

export const openSample = (name: string): Promise<DataFile> => openCdf(memorySource(contentOf(name), name));

/** A number as the vectors write it. */
export function storedValue(value: unknown, type: string): number | bigint {
  return type === 'INT8' || type === 'TT2000' ? BigInt(value as string) : Number(value);
}

export function bytesOf(data: unknown): Uint8Array {
  if (!ArrayBuffer.isView(data)) throw new TypeError('not a typed array');
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** The `DataError` with which this ends. */
export async function failure(promise: Promise<unknown>): Promise<DataError> {
  const error = await rejection(promise);
  if (!(error instanceof DataError)) throw error;
  return error;
}
