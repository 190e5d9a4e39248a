import { unlink } from 'node:fs/promises';
import { systemCode } from './system-error.js';

/** Removes a file, where there is one. Asks the file system once; `rm` of Node.js asks it three times. */
export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
