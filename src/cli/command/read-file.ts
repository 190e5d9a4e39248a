import { readFile } from 'node:fs/promises';
import { systemCode } from '../../core/files/system-error.js';
import { UsageError } from './usage-error.js';

/** The text of a file that the user named. */
export async function readNamedFile(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${what} ${path} cannot be read (${systemCode(error) ?? 'unknown'})`);
  }
}
