import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { memberOf, openZip } from './zip-directory.js';

/**
 * Reads an archive whole: a complaint when its directory is broken, a member cannot be unpacked or does not have the
 * checksum that the directory says, or when `judge` does not like the names of the members.
 *
 * Of members of the same name only the last counts, as for every program that unpacks.
 */
export async function zipCrcComplaint(
  path: string,
  judge: (names: readonly string[]) => string | undefined = () => undefined,
): Promise<string | undefined> {
  try {
    const zip = await openZip(path);
    try {
      const last = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) if (memberOf(entry).kind === 'file') last.set(entry.fileName, entry);
      const complaint = judge([...last.keys()]);
      if (complaint !== undefined) return complaint;
      for (const entry of last.values()) {
        if ((await crcOf(zip, entry)) !== entry.crc32)
          return `its member ${entry.fileName} is damaged (CRC-32 differs)`;
      }
      return undefined;
    } finally {
      zip.close();
    }
  } catch (error) {
    return `it cannot be read as a zip archive (${error instanceof Error ? error.message : 'unknown reason'}); it was cut off or damaged`;
  }
}

async function crcOf(zip: ZipFile, entry: Entry): Promise<number> {
  const stream = await zip.openReadStreamPromise(entry);
  let crc = 0;
  for await (const chunk of stream) if (chunk instanceof Uint8Array) crc = crc32(chunk, crc);
  return crc;
}
