import { statSync, type Stats } from 'node:fs';
import { realpath, rm, stat } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { systemCode } from '../files/system-error.js';
import { digestOfFile } from '../transfer/body/digest.js';
import { monotonic } from '../util/time.js';
import { toLocal } from './local-path.js';
import type { ManifestEntry } from './manifest-line.js';

/** How a file differs from its line in the manifest. */
export type Difference = 'missing' | 'different' | 'unreadable';

/** Many at a time: each is a short question to the system. */
const AT_A_TIME = 64;
/** Files that are read whole. */
const READ_AT_A_TIME = 4;
/** So long everything else may wait for the disk; where it takes longer, the next questions go through the thread pool, which costs more. */
const LONGEST_HOLD_UP_MS = 20;
const BATCHES_THROUGH_POOL = 16;

/** A question about a file: its length, or how it is not one that can be compared. */
type Measured = number | 'missing' | 'unreadable';

/**
 * Compares files with their lines, by length and where asked for by digest; yields those that are not as they should be, as they are found.
 */
export async function* differences(
  directory: string,
  entries: Iterable<ManifestEntry>,
  options: { readonly digests: boolean; readonly signal: AbortSignal | undefined },
): AsyncGenerator<{ readonly entry: ManifestEntry; readonly difference: Difference }, void, undefined> {
  const { digests, signal } = options;
  let throughPool = 0;
  for (const batch of inBatches(entries, digests ? READ_AT_A_TIME : AT_A_TIME)) {
    signal?.throwIfAborted();
    const sinceMs = monotonic();
    const places = batch.map(({ path }) => toLocal(directory, path));
    const lengths = throughPool > 0 ? await Promise.all(places.map(lengthLater)) : places.map(lengthNow);
    if (throughPool > 0) throughPool -= 1;
    else if (monotonic() - sinceMs > LONGEST_HOLD_UP_MS) throughPool = BATCHES_THROUGH_POOL;
    const found = batch.map((entry, at) => byLength(entry, lengths[at]));
    if (digests) {
      const judge = async (entry: ManifestEntry, at: number): Promise<void> => {
        found[at] ??= await byDigest(entry, places[at] ?? '', signal);
      };
      await Promise.all(batch.map(judge));
    } else await setImmediate();
    for (const [at, difference] of found.entries()) {
      const entry = batch[at];
      if (difference !== undefined && entry !== undefined) yield { entry, difference };
    }
  }
}

function lengthNow(path: string): Measured {
  try {
    return lengthOf(statSync(path, { throwIfNoEntry: false }));
  } catch (error) {
    return absence(error);
  }
}

async function lengthLater(path: string): Promise<Measured> {
  return stat(path).then(lengthOf, absence);
}

function lengthOf(found: Stats | undefined): Measured {
  return found?.isFile() === true ? found.size : 'missing';
}

function absence(error: unknown): 'missing' | 'unreadable' {
  return /^(?:ENOENT|ENOTDIR)$/u.test(systemCode(error) ?? '') ? 'missing' : 'unreadable';
}

function byLength({ bytes }: ManifestEntry, length: Measured | undefined): Difference | undefined {
  if (typeof length !== 'number') return length;
  return length === bytes ? undefined : 'different';
}

async function byDigest(
  { sha256 }: ManifestEntry,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Difference | undefined> {
  try {
    return (await digestOfFile(path, 'sha256', signal)) === sha256 ? undefined : 'different';
  } catch (error) {
    signal?.throwIfAborted();
    return absence(error);
  }
}

function* inBatches<T>(items: Iterable<T>, size: number): Generator<T[], void, undefined> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Deletes a file of the mirror, unless a link in its path leads out of the directory. */
export async function deleteBelow(directory: string, path: string): Promise<boolean> {
  const local = toLocal(directory, path);
  let folder: string;
  try {
    folder = await realpath(dirname(local));
  } catch {
    // Neither is the file there.
    return true;
  }
  const root = await realpath(directory);
  if (folder !== root && !folder.startsWith(`${root}${sep}`)) return false;
  await rm(local, { force: true });
  return true;
}
