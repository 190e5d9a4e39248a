import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { onAbort } from '../../util/signal.js';
import { memberOf, openZip, zipReader, HostileZip, readDirectory, type ZipLimits } from './directory.js';

export interface ZipSettings {
  readonly signal?: AbortSignal | undefined;
  /** Complains about the names of the files in it, before any of them is read. */
  readonly judge?: ((names: readonly string[]) => string | undefined) | undefined;
  /** Default: those of the unpacking. */
  readonly limits?: ZipLimits;
}

/** Loads the reader of archives, so that later only the archive can be at fault. */
export const loadReader = zipReader;

/**
 * Reads a whole archive, directory and members, against its checksums and within the limits of the unpacking. Of members of the same name only the last counts,
 * as for every program that unpacks.
 *
 * @returns a complaint, or `undefined` when all is right.
 */
export async function zipComplaint(path: string, settings: ZipSettings = {}): Promise<string | undefined> {
  const { signal, judge } = settings;
  try {
    const zip = await openZip(path);
    try {
      const files = new Map<string, Entry>();
      for (const entry of await readDirectory(zip, settings.limits, signal)) {
        if (memberOf(entry).kind === 'file') files.set(entry.fileName, entry);
      }
      const refused = judge?.([...files.keys()]);
      if (refused !== undefined) return refused;
      for (const entry of files.values()) {
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
    if (error instanceof HostileZip) return error.message;
    return `it cannot be read as an archive (${error instanceof Error ? error.message : 'unknown reason'}); it was cut off or damaged`;
  }
}

async function memberComplaint(
  zip: ZipFile,
  entry: Entry,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (entry.isEncrypted()) return undefined;
  const source = await zip.openReadStreamPromise(entry);
  const release = onAbort(signal, () => {
    source.destroy(new Error('aborted'));
  });
  try {
    let crc = 0;
    for await (const chunk of source) if (chunk instanceof Uint8Array) crc = crc32(chunk, crc);
    return crc === entry.crc32
      ? undefined
      : `its member ${JSON.stringify(entry.fileName.slice(0, 120))} fails its checksum`;
  } finally {
    release();
    source.destroy();
  }
}
