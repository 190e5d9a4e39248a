import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { systemCode } from '../../core/files/system-error.js';

/** A file of the examples. */
export interface Example {
  /** Relative path with slashes, such as `data/20210601aky0930.nc`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Beside the folder of the built command. */
const FILE = new URL('../examples.br', import.meta.url);

/** Reads what the build has packed: a line of JSON with names and lengths, then the bytes. */
export async function unpackExamples(): Promise<Example[]> {
  const all = await promisify(brotliDecompress)(await packed());
  const end = all.indexOf('\n');
  const list: unknown = JSON.parse(all.toString('utf8', 0, end));
  let at = end + 1;
  return Array.from(entriesOf(list), ([name, length]) => {
    const bytes = all.subarray(at, at + length);
    at += length;
    return { name, bytes };
  });
}

async function packed(): Promise<Uint8Array> {
  try {
    return await readFile(FILE);
  } catch (error) {
    const code = systemCode(error) ?? 'unknown';
    throw new Error(`the examples cannot be read (${code}); install the package again`, { cause: error });
  }
}

function* entriesOf(list: unknown): Generator<[name: string, length: number], void, undefined> {
  if (!Array.isArray(list)) return;
  for (const entry of list) {
    if (!Array.isArray(entry)) continue;
    const pair: readonly unknown[] = entry;
    const [name, length] = pair;
    if (typeof name === 'string' && typeof length === 'number') yield [name, length];
  }
}
