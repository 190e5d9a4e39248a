import { randomBytes } from 'node:crypto';
import { open, rename, rm, link } from 'node:fs/promises';
import { exists } from './stat-file.js';
import { systemCode } from './system-error.js';

/**
 * Writes a file under its name all at once: readers see the old content or the new one, never a piece.
 *
 * @param data - The content, or its pieces.
 * @param options - `mode`: permissions of a new file, default 0o666 less the umask.
 */
export async function writeAtomic(
  path: string,
  data: string | Uint8Array | Iterable<string>,
  options: { readonly mode?: number } = {},
): Promise<void> {
  const temporary = temporaryOf(path);
  const handle = await open(temporary, 'wx', options.mode ?? 0o666);
  try {
    try {
      for (const piece of typeof data === 'string' || data instanceof Uint8Array ? [data] : data)
        await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close().catch(() => undefined);
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/**
 * Writes a small new file all at once under a name that nothing has yet; until then it has a hidden name of another ending.
 *
 * @param mode - Permissions of the file whatever the umask, such as 0o666.
 * @returns `false` when the name is taken; nothing was changed then.
 */
export async function createAtomic(path: string, data: string | Uint8Array, mode: number): Promise<boolean> {
  const slash = path.lastIndexOf('/') + 1;
  const temporary = temporaryOf(`${path.slice(0, slash)}.${path.slice(slash)}`);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(data);
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close().catch(() => undefined);
    }
    return await publish(temporary, path);
  } finally {
    // What cannot be removed must not hide how it went.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Whether a name is that of a file that is about to get its own one, or never got it. */
export function isTemporary(name: string): boolean {
  return /\.[0-9a-f]{12}\.tmp$/u.test(name);
}

function temporaryOf(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}.tmp`;
}

/** A hard link never replaces a file; where the file system has none, a check before the rename must do. */
async function publish(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    if (await exists(path)) return false;
    await rename(temporary, path);
    return true;
  }
}
