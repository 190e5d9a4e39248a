import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDirectory } from '../files/directory.js';
import { writeAtomic } from '../files/write-atomic.js';
import { OWN_FOLDER } from './local-path.js';
import { isRecord, parseRecord } from '../util/records.js';

/** What a run leaves to the next one of the same query. */
export interface QueryState {
  /** Everything that the centre dates before this moment is there. ISO 8601, by the clock of the centre. */
  readonly until: string;
  /** Everything from this moment on, where the query begins somewhere. ISO 8601. */
  readonly from?: string;
  /** When the whole query was listed last. ISO 8601. */
  readonly listedAt: string;
  /** How long the manifest was: a shorter one is an older one. */
  readonly manifestBytes: number;
  /** Digest of the paths that are missing here and were not listed either. */
  readonly missing?: string;
}

/** A short name for a query: the same for the same fields in whatever order. */
export function queryKey(query: object): string {
  return digest(JSON.stringify(query, (_name, value: unknown) => sorted(value))).slice(0, 16);
}

/** A digest that names a set of paths. */
export function setKey(paths: Iterable<string>): string {
  return digest([...paths].sort().join('\n')).slice(0, 16);
}

/** What an earlier run of a query has left; `undefined` where that is not to be had. */
export async function readState(directory: string, key: string): Promise<QueryState | undefined> {
  const value = parseRecord(await readFile(pathOf(directory, key), 'utf8').catch(() => ''));
  if (value === undefined) return undefined;
  const { until, from, listedAt, manifestBytes, missing } = value;
  if (!isMoment(until) || !isMoment(listedAt) || typeof manifestBytes !== 'number') return undefined;
  return {
    until,
    listedAt,
    manifestBytes,
    ...(isMoment(from) && { from }),
    ...(typeof missing === 'string' && { missing }),
  };
}

/** Where the states of the queries are. */
export function statesFolder(directory: string): string {
  return join(directory, OWN_FOLDER, 'queries');
}

/** Leaves a state to the next run. */
export async function writeState(directory: string, key: string, state: QueryState): Promise<void> {
  const path = pathOf(directory, key);
  await ensureDirectory(join(path, '..'));
  await writeAtomic(path, `${JSON.stringify(state)}\n`);
}

function pathOf(directory: string, key: string): string {
  return join(statesFolder(directory), `${key}.json`);
}

function isMoment(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function sorted(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
