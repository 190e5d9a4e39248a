import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { memberOf, openZip } from './zip-directory.js';

/**
 * Reads a whole archive, directory and members, against its checksums.
 *
 * @returns a complaint, or `undefined` when all is right.
 */
export async function zipComplaint(path: string, signal?: AbortSignal): Promise<string | undefined> {
  try {
    const zip = await openZip(path);
    try {
      for await (const entry of zip.eachEntry()) {
        signal?.throwIfAborted();
        const complaint = await memberComplaint(zip, entry, signal);
        if (complaint !== undefined) return complaint;
      }
      return undefined;
    } finally {
      zip.close();
    }
  } catch (error) {
    signal?.throwIfAborted();
    return `it cannot be read as an archive (${error instanceof Error ? error.message : 'unknown reason'}); it was cut off or damaged`;
  }
}

async function memberComplaint(
  zip: ZipFile,
  entry: Entry,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (memberOf(entry).kind !== 'file' || entry.isEncrypted()) return undefined;
  const source = await zip.openReadStreamPromise(entry);
  const stop = (): void => {
    source.destroy(new Error('aborted'));
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    let crc = 0;
    for await (const chunk of source) if (chunk instanceof Uint8Array) crc = crc32(chunk, crc);
    return crc === entry.crc32
      ? undefined
      : `its member ${JSON.stringify(entry.fileName.slice(0, 120))} fails its checksum`;
  } finally {
    signal?.removeEventListener('abort', stop);
    source.destroy();
  }
}
