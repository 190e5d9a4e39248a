import { stat } from 'node:fs/promises';
import { readRange } from '../files/read-range.js';
import { systemCode } from '../files/system-error.js';
import { lazy } from '../util/lazy.js';
import { sleep } from '../util/time.js';
import type { SqlValue } from './sqljs.js';

export type { SqlValue } from './sqljs.js';

export type SqlRow = Readonly<Record<string, SqlValue>>;

export interface ReadRowsOptions {
  readonly signal?: AbortSignal | undefined;
  /** Refuse larger files; default 256 MiB. */
  readonly maxBytes?: number;
}

const ATTEMPTS = 20;
const PAUSE_MS = 50;

/**
 * Reads rows of an SQLite file without writing next to it or locking it: the query runs on a copy in memory.
 *
 * The copy is taken again while another process writes (a rollback journal is there, or file or change counter differ
 * before and after), so that it is of one moment.
 *
 * @throws `RangeError` when the file is too large, `Error` with the system's code when it cannot be read, and `Error` when
 * it is not a database, has no such table, or is being written all the time.
 */
export async function readRows(
  path: string,
  sql: string,
  values: readonly SqlValue[],
  options: ReadRowsOptions = {},
): Promise<SqlRow[]> {
  const bytes = await stableCopy(path, options);
  const { Database } = await loadEngine();
  const database = new Database(bytes);
  try {
    const statement = database.prepare(sql);
    try {
      statement.bind(values);
      const rows: SqlRow[] = [];
      while (statement.step()) rows.push(statement.getAsObject());
      return rows;
    } finally {
      statement.free();
    }
  } finally {
    database.close();
  }
}

/** 0.7 MB of WebAssembly. */
const loadEngine = lazy(async () => (await import('#sqljs')).default());

async function stableCopy(
  path: string,
  { signal, maxBytes = 256 * 1024 * 1024 }: ReadRowsOptions,
): Promise<Uint8Array> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    signal?.throwIfAborted();
    const before = await stampOf(path);
    if (before.bytes > maxBytes) throw new RangeError(`${path} is larger than ${maxBytes} bytes`);
    const bytes = await readRange(path, 0, maxBytes);
    if (!before.journal && before.key === (await stampOf(path)).key) return bytes;
    await sleep(PAUSE_MS, signal);
  }
  throw new Error(`${path} is constantly being written; try again later`);
}

/** What changes with every transaction: size, time and the change counter of the header (SQLite file format, 1.3.7). */
async function stampOf(path: string): Promise<{ key: string; bytes: number; journal: boolean }> {
  const { size, mtimeMs } = await stat(path);
  const counter = Buffer.from(await readRange(path, 24, 4)).toString('hex');
  const journal = await hasContent(`${path}-journal`);
  return { key: `${size} ${mtimeMs} ${counter} ${journal}`, bytes: size, journal };
}

/** A journal that is empty or begins with zeros is left over, not a transaction. */
async function hasContent(path: string): Promise<boolean> {
  try {
    return (await readRange(path, 0, 8)).some((byte) => byte !== 0);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
