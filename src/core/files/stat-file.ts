import { stat } from 'node:fs/promises';
import type { Arguments } from '../operation/arguments.js';
import { systemCode } from './system-error.js';

export interface LocalFile {
  readonly path: string;
  readonly bytes: number;
  readonly modified: Date;
}

/**
 * Checks a file that the user named.
 *
 * @throws `TypeError` when it is missing, cannot be read or is not a regular file.
 */
export async function statFile(path: string, label: string, args: Arguments): Promise<LocalFile> {
  try {
    const found = await stat(path);
    if (found.isFile()) return { path, bytes: found.size, modified: found.mtime };
  } catch (error) {
    const code = systemCode(error);
    const why = code === 'ENOENT' || code === 'ENOTDIR' ? 'does not exist' : `cannot be read (${code ?? 'unknown'})`;
    throw args.invalid(`${label} ${why}: ${path}`, { cause: error });
  }
  throw args.invalid(`${label} is not a file: ${path}`);
}

/** Size and date of a file, as long as it is there. */
export async function statIfThere(path: string): Promise<LocalFile | undefined> {
  try {
    const found = await stat(path);
    return { path, bytes: found.size, modified: found.mtime };
  } catch {
    return undefined;
  }
}

/** Whether there is something of this name. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

/** Whether there is a regular file of this name. */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
