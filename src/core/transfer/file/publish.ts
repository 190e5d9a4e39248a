import type { Stats } from 'node:fs';
import { link, lstat, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { OverwriteMode } from '../../../types.js';
import { removeFile } from '../../files/remove.js';
import { systemCode } from '../../files/system-error.js';
import { numberedName } from './file-name.js';

/** What has the target's name already. */
export type ExistingPath =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'file';
      readonly bytes: number;
      readonly modifiedAt: Date;
      /** Another one for another file, and after each change. */
      readonly state: string;
    }
  | { readonly kind: 'other' };

/** File systems without hard links (FAT, some network shares). */
export const NO_LINKS = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'EXDEV']);
/** Of one file, with `overwrite: 'unique'`: the name itself and the numbered ones. */
export const MOST_NAMES = 10_000;

/** Finds what has the target's name. A link to a file counts as that file. */
export async function existingAt(path: string): Promise<ExistingPath> {
  const named = await ifThere(lstat(path));
  if (named === undefined) return { kind: 'none' };
  const found = named.isSymbolicLink() ? await ifThere(stat(path)) : named;
  if (found?.isFile() !== true) return { kind: 'other' };
  const { dev, ino, size: bytes, mtime: modifiedAt, mtimeMs } = found;
  return { kind: 'file', bytes, modifiedAt, state: `${dev}:${ino}:${bytes}:${mtimeMs}` };
}

async function ifThere(found: Promise<Stats>): Promise<Stats | undefined> {
  try {
    return await found;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Gives a finished part its name. Unless it may replace, it never takes the place of a file, even of one that
 * appeared a moment ago.
 *
 * @returns the path, or `undefined` when the name is taken.
 */
export async function publish(
  part: string,
  directory: string,
  name: string,
  mode: OverwriteMode,
): Promise<string | undefined> {
  const target = join(directory, name);
  if (mode === 'replace') {
    await rename(part, target);
    return target;
  }
  if (await placeNew(part, target)) return target;
  if (mode !== 'unique') return undefined;
  for (let number = 1; number < MOST_NAMES; number += 1) {
    const other = join(directory, numberedName(name, number));
    if (await placeNew(part, other)) return other;
  }
  return undefined;
}

/** A link fails where the name is taken, a rename would not. */
async function placeNew(part: string, target: string): Promise<boolean> {
  try {
    await link(part, target);
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === 'EEXIST') return false;
    if (!NO_LINKS.has(code)) throw error;
    if ((await ifThere(lstat(target))) !== undefined) return false;
    await rename(part, target);
    return true;
  }
  // The process that found the file finished has removed the other name.
  await removeFile(part);
  return true;
}
