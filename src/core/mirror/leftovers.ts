import { opendir, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isTemporary } from '../files/write-atomic.js';
import { clearLeftovers, clearLock } from '../transfer/file/leftovers.js';
import { partPaths } from '../transfer/file/part-file.js';
import { toLocal } from './local-path.js';
import type { Manifest } from './manifest.js';
import { statesFolder } from './query-state.js';

/**
 * Removes what a process that was killed after it had recorded a file has left next to it: such a file is asked for no more, so that no
 * download clears its place. Each folder is read once.
 */
export async function clearBeside(directory: string, paths: () => Iterable<string>): Promise<void> {
  const folders = new Set<string>();
  for (const path of paths()) folders.add(path.slice(0, path.lastIndexOf('/') + 1));
  const locks = new Set<string>();
  for (const folder of folders) for await (const lock of locksIn(join(directory, folder))) locks.add(lock);
  if (locks.size === 0) return;
  for (const path of paths()) {
    const local = toLocal(directory, path);
    const beside = partPaths(dirname(local), basename(local));
    if (locks.has(beside.lock)) await clearLeftovers(local, beside);
  }
}

/**
 * Removes what killed processes have left in the mirror's own folder: the lock of the manifest, and files that never got their name. Whatever
 * is written there is written under that lock, so a file that was there before the lock was taken is finished or left. What cannot be
 * removed stays for the next run.
 */
export async function clearOwnFolder(
  directory: string,
  manifest: Manifest,
  signal: AbortSignal | undefined,
): Promise<void> {
  const left = (await Promise.all([dirname(manifest.path), statesFolder(directory)].map(temporariesIn))).flat();
  if (left.length === 0) await clearLock(manifest.lockPath);
  else {
    try {
      await manifest.alone(signal, async () => {
        for (const path of left) await rm(path, { force: true });
      });
    } catch {
      signal?.throwIfAborted();
    }
  }
}

async function temporariesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter(isTemporary).map((name) => join(folder, name));
}

/** The locks in a folder, also those whose own name has not been given to them yet. */
async function* locksIn(folder: string): AsyncGenerator<string, void, undefined> {
  try {
    // One by one: all files of a mirror may be in one folder.
    for await (const { name } of await opendir(folder, { bufferSize: 1024 })) {
      const [lock] = /^.+\.part\.lock(?=\.|$)/u.exec(name) ?? [];
      if (lock !== undefined) yield join(folder, lock);
    }
  } catch {
    // What cannot be read cannot be cleared.
  }
}
