// Records of what was fetched, next to the files: a file counts as present only if it is on the disk.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A file that is there, in the form that the manifests of mirrors have. */
export interface FileRecord {
  /** Below the data directory, with slashes. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** What was ordered. */
  readonly source: string;
  /** ISO 8601. */
  readonly fetchedAt: string;
}

/** Hashing and looking things up go this many files at a time. */
const AT_ONCE = 8;

const folderOf = (dataDir: string): string => join(dataDir, '.sdc', 'queue');

/** The same text for the same files, in whichever order. */
export const keyOf = (files: readonly string[]): string =>
  createHash('sha256')
    .update([...files].sort().join('\n'))
    .digest('hex')
    .slice(0, 24);

/** Writes what is known of a batch, whole or not at all. */
export async function writeRecords(dataDir: string, key: string, records: readonly FileRecord[]): Promise<void> {
  if (records.length === 0) return;
  const target = join(folderOf(dataDir), `${key}.jsonl`);
  const part = `${target}.${process.pid}.tmp`;
  await mkdir(folderOf(dataDir), { recursive: true });
  try {
    await writeFile(part, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** The records of one batch, by what was ordered; of all batches without `key`. */
export async function readRecords(dataDir: string, key?: string): Promise<Map<string, FileRecord>> {
  const names = key === undefined ? await readdir(folderOf(dataDir)).catch(nothing) : [`${key}.jsonl`];
  const records = new Map<string, FileRecord>();
  await inTurns(
    names.filter((name) => name.endsWith('.jsonl')),
    async (name) => {
      for (const line of (await readFile(join(folderOf(dataDir), name), 'utf8').catch(() => '')).split('\n')) {
        const record = parsed(line);
        if (record !== undefined && !(record.fetchedAt < (records.get(record.source)?.fetchedAt ?? '')))
          records.set(record.source, record);
      }
    },
  );
  return records;
}

/** What the disk says of a file: its length and, unless `quick`, its SHA-256 are compared. */
async function stateOf(dataDir: string, record: FileRecord, quick: boolean): Promise<'proved' | 'damaged' | 'missing'> {
  const path = join(dataDir, record.path);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 'missing';
  if (!found.isFile() || found.size !== record.bytes) return 'damaged';
  return quick || (await sha256Of(path).catch(() => '')) === record.sha256 ? 'proved' : 'damaged';
}

/** Which of these files are on the disk as they were fetched, and which are there, but changed. */
export async function prove(
  dataDir: string,
  files: readonly string[],
  options: { quick?: boolean; key?: string } = {},
): Promise<{ proved: Map<string, FileRecord>; damaged: Set<string> }> {
  const records = await readRecords(dataDir, options.key);
  const proved = new Map<string, FileRecord>();
  const damaged = new Set<string>();
  await inTurns(files, async (file) => {
    const record = records.get(file);
    if (record === undefined) return;
    const state = await stateOf(dataDir, record, options.quick ?? false);
    if (state === 'proved') proved.set(file, record);
    if (state === 'damaged') damaged.add(file);
  });
  return { proved, damaged };
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash);
  return hash.digest('hex');
}

async function inTurns<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const turns = items[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (let turn = turns.next(); turn.done !== true; turn = turns.next()) await work(turn.value);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

function parsed(line: string): FileRecord | undefined {
  try {
    const { path, bytes, sha256, source, fetchedAt } = JSON.parse(line) as Partial<Record<string, unknown>>;
    if (typeof path !== 'string' || typeof sha256 !== 'string' || typeof source !== 'string') return undefined;
    if (typeof bytes !== 'number' || typeof fetchedAt !== 'string') return undefined;
    return { path, bytes, sha256, source, fetchedAt };
  } catch {
    return undefined;
  }
}

const nothing = (error: NodeJS.ErrnoException): string[] => {
  if (error.code === 'ENOENT') return [];
  throw error;
};
