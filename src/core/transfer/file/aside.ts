import { link, lstat, rename, unlink, type FileHandle } from 'node:fs/promises';
import { removeFile } from '../../files/remove.js';
import { systemCode } from '../../files/system-error.js';
import { besideLock } from './lock-file.js';
import type { PartPaths } from './part-file.js';

/**
 * Renames a part to a name that no other process knows, so that it is certain what gets the final name.
 *
 * @returns the name; `undefined` where the file of this name is another holder's, which is put back, or gone.
 */
export async function withdraw({ part, lock }: PartPaths, handle: FileHandle): Promise<string | undefined> {
  const aside = besideLock(lock);
  try {
    await rename(part, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const [own, found] = [await handle.stat({ bigint: true }), await lstat(aside, { bigint: true })];
  if (own.ino === found.ino && own.dev === found.dev) return aside;
  try {
    await link(aside, part);
    await unlink(aside);
  } catch {
    await rename(aside, part);
  }
  return undefined;
}

/** Undoes {@link withdraw}, where the lock is still held. */
export async function putBack({ part }: PartPaths, aside: string, isHeld: boolean): Promise<void> {
  if (isHeld) await rename(aside, part);
  else await removeFile(aside);
}
