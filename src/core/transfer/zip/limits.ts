import type { Entry, ZipFile } from 'yauzl';
import { unpackLimit, type UnpackLimits } from './unpack-limit.js';
import { memberOf } from './directory.js';

/** What an archive may unpack to, whether it is unpacked or only checked. */
export interface ZipLimits extends UnpackLimits {
  /** Members at most; default 100 000. */
  readonly maxEntries?: number;
}

/** A local header without its name and extra field. */
const LOCAL_HEADER_BYTES = 30;

/** An archive that must not be unpacked, whatever its members are. */
export class HostileZip extends Error {
  constructor(
    message: string,
    readonly expected: number | undefined,
    readonly actual: number | undefined,
  ) {
    super(message);
  }
}

/**
 * Reads the central directory and judges it, before any member is read: number of members, bytes in all, and whether
 * two members are made of the same bytes of the archive, as no program writes them.
 *
 * @throws {@link HostileZip} for an archive beyond the limits; the reader's own error for one that is damaged.
 */
export async function readDirectory(zip: ZipFile, limits: ZipLimits = {}, signal?: AbortSignal): Promise<Entry[]> {
  const { maxEntries = 100_000 } = limits;
  if (zip.entryCount > maxEntries) throw tooMuch('entries', maxEntries, zip.entryCount);
  const allowed = unpackLimit(zip.fileSize, limits);
  const entries: Entry[] = [];
  let bytes = 0;
  for await (const entry of zip.eachEntry()) {
    signal?.throwIfAborted();
    entries.push(entry);
    const member = memberOf(entry);
    if (member.kind === 'file') bytes += member.bytes;
    if (bytes > allowed) throw tooMuch('bytes', allowed, bytes);
  }
  refuseOverlap(entries);
  return entries;
}

/** @throws {@link HostileZip} */
function refuseOverlap(entries: readonly Entry[]): void {
  const sorted = [...entries].sort((one, other) => one.relativeOffsetOfLocalHeader - other.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const entry of sorted) {
    if (entry.relativeOffsetOfLocalHeader < end)
      throw new HostileZip(
        `its member ${JSON.stringify(entry.fileName.slice(0, 120))} overlaps another one`,
        undefined,
        undefined,
      );
    end = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.compressedSize;
  }
}

function tooMuch(what: string, expected: number, actual: number): HostileZip {
  const words = `it would unpack to ${actual} ${what}, more than the ${expected} allowed; unpack it by hand if it can be trusted`;
  return new HostileZip(words, expected, actual);
}
