import type { Entry, ZipFile } from 'yauzl';
import { lazy } from '../../util/lazy.js';

/** What reads archives; loaded before the request for one. */
export const zipReader = lazy(async () => (await import('yauzl')).default);

/** One member of a zip archive. */
export interface ZipMember {
  /** Path inside the archive, with forward slashes. */
  readonly name: string;
  readonly bytes: number;
  readonly kind: 'file' | 'directory' | 'link';
}

/** Opens an archive; the caller closes it. Names are judged by us, so that one bad name can be told from the rest. */
export async function openZip(path: string): Promise<ZipFile> {
  const yauzl = await zipReader();
  return yauzl.openPromise(path, {
    autoClose: false,
    lazyEntries: true,
    decodeStrings: true,
    validateEntrySizes: true,
  });
}

/** What an archive holds, as its central directory says. */
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

/** What an entry of the central directory is. */
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
