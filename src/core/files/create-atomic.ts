import { randomBytes } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { exists } from './stat-file.js';
import { systemCode } from './system-error.js';

/**
 * Writes a small new file all at once under a name that nothing has yet; until then it has a hidden name of another ending.
 *
 * @param mode - Permissions of the file whatever the umask, such as 0o666.
 * @returns `false` when the name is taken; nothing was changed then.
 */
export async function createAtomic(path: string, data: string | Uint8Array, mode: number): Promise<boolean> {
  const slash = path.lastIndexOf('/') + 1;
  const temporary = `${path.slice(0, slash)}.${path.slice(slash)}.${randomBytes(6).toString('hex')}.tmp`;
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

/** A hard link never replaces a file; where the file system has none, a look before the rename must do. */
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
