import { readFile } from 'node:fs/promises';
import { systemCode } from '../../core/files/system-error.js';
import { UsageError } from './usage-error.js';

/** The text of a file that the user named, in UTF-8. */
export async function readNamedFile(path: string, what: string): Promise<string> {
  return textOf(await bytesOf(path, what), `${what} ${path}`);
}

/** The text of what was read from `source`, in UTF-8. */
export function textOf(bytes: Buffer, source: string): string {
  const utf16 = utf16Of(bytes);
  if (utf16 === undefined) return bytes.toString('utf8');
  throw new UsageError(`${source} is in UTF-16 (${utf16}); save it as UTF-8`);
}

async function bytesOf(path: string, what: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`${what} ${path} cannot be read (${systemCode(error) ?? 'unknown'})`);
  }
}

/** The byte order of UTF-16 by its mark, which spreadsheets write for "Unicode text". */
function utf16Of(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'little endian';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'big endian';
  return undefined;
}
