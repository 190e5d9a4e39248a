import { stat } from 'node:fs/promises';
import type { Arguments } from '../operation/arguments.js';
import { systemCode } from './system-error.js';

/** What a local file is. */
export interface LocalFile {
  readonly path: string;
  readonly bytes: number;
  readonly modified: Date;
}

/**
 * Looks at a file that the user named.
 *
 * @throws `TypeError` when it is missing, cannot be read or is no regular file.
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
