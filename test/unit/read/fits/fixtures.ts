import { readdirSync, readFileSync } from 'node:fs';
import { openFits } from '../../../../src/read/fits/open.js';
import { memorySource } from '../../../../src/read/source/sources.js';
import type { DataFile } from '../../../../src/read/types.js';

const folder = new URL('../../../fixtures/read/fits/', import.meta.url);

/** The files that other programs were asked about. */
export const samples = readdirSync(folder).filter((name) => name.endsWith('.fits'));

export const sample = (name: string): Uint8Array => readFileSync(new URL(name, folder));

/** What other programs read in a file. */
export const vectorOf = (name: string): Vector =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Vector;

export const open = (content: Uint8Array, path?: string): Promise<DataFile> => openFits(memorySource(content, path));

export interface Summary {
  readonly dtype: string;
  readonly shape: number[];
  readonly sha256: string;
}

export interface VectorColumn {
  readonly name: string;
  readonly unit: string | null;
  readonly tnull: number | string | null;
  readonly storedShape?: number[];
  readonly stored?: Summary;
  readonly physical?: { first: number[] };
  readonly text?: { shape?: number[]; first: string[]; last: string[] };
  readonly values?: (number | boolean)[];
  readonly storedBytes?: number[];
  readonly bitsShape?: number[];
  readonly bits?: string[];
  readonly rowLengths?: number[];
  readonly rows?: number[][];
}

export interface VectorHdu {
  readonly index: number;
  readonly extname: string | null;
  readonly cards: [string, unknown, string][];
  readonly dataOffset: number;
  readonly dataBytes: number;
  readonly rows?: number;
  readonly columns?: VectorColumn[];
  readonly stored?: Summary;
  readonly physical?: Summary;
  readonly decoded?: Summary;
}

export interface Vector {
  readonly hdus: VectorHdu[];
}
