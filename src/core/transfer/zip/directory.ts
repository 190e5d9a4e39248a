import type { Entry, ZipFile } from 'yauzl';
import { lazy } from '../../util/lazy.js';
import { unpackLimit, type UnpackLimits } from './unpack-limit.js';

/** What reads archives; loaded before the request for one. */
export const zipReader = lazy(async () => (await import('yauzl')).default);

export interface ZipMember {
  /** Path inside the archive, with forward slashes. */
  readonly name: string;
  readonly bytes: number;
  readonly kind: 'file' | 'directory' | 'link';
}

/** Opens an archive; the caller closes it. Names are checked by us, so that one bad name can be told apart from the rest. */
export async function openZip(path: string): Promise<ZipFile> {
  const yauzl = await zipReader();
  return yauzl.openPromise(path, {
    autoClose: false,
    lazyEntries: true,
    decodeStrings: true,
    validateEntrySizes: true,
  });
}

export async function listZip(path: string): Promise<ZipMember[]> {
  const zip = await openZip(path);
  try {
    const members: ZipMember[] = [];
    for await (const entry of zip.eachEntry()) members.push(memberOf(entry));
    return members;
  } finally {
    zip.close();
  }
}

export function memberOf(entry: Entry): ZipMember {
  return { name: entry.fileName, bytes: entry.uncompressedSize, kind: kindOf(entry) };
}

const UNIX = 3;
const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const DIRECTORY = 0o040000;

/** Unix archives tell links and devices by the mode in the upper half of the external attributes. */
function kindOf(entry: Entry): ZipMember['kind'] {
  if (entry.fileName.endsWith('/')) return 'directory';
  const type = entry.versionMadeBy >>> 8 === UNIX ? (entry.externalFileAttributes >>> 16) & FILE_TYPE : 0;
  if (type === DIRECTORY) return 'directory';
  return type === 0 || type === REGULAR ? 'file' : 'link';
}

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
