import { randomBytes } from 'node:crypto';
import { mkdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { TransferError, type SdcErrorInit } from '../../../errors.js';
import { exists } from '../../files/stat-file.js';
import { onDisk, diskFailed } from '../failures.js';
import { safeFileName } from '../file/file-name.js';
import { memberOf, openZip, HostileZip, readDirectory, type ZipLimits } from './directory.js';
import type { Entry, ZipFile } from 'yauzl';
import { isDiskError } from '../../files/system-error.js';

export { listZip } from './directory.js';

export interface UnpackOptions {
  readonly init: SdcErrorInit;
  readonly signal?: AbortSignal | undefined;
  /** A folder around all members that is left out. */
  readonly strip?: string;
  readonly limits?: ZipLimits;
}

/**
 * Unpacks an archive: into a folder next to the target, checked member by member, and moved into place when all is
 * right. Folders and links in the archive are skipped; a member that points out of the folder refuses the whole.
 *
 * @returns the paths of the files, in the order of the archive.
 * @throws {@link TransferError} when the archive is damaged, hostile or too large, or the disk refuses.
 */
export async function unpackZip(path: string, directory: string, options: UnpackOptions): Promise<string[]> {
  const { init } = options;
  const temporary = join(
    dirname(directory),
    `.${basename(directory).slice(0, 60)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  options.signal?.throwIfAborted();
  try {
    await onDisk(init, directory, () => mkdir(temporary, { recursive: true }));
    const members = await unpackInto(path, temporary, options);
    await onDisk(init, directory, () => moveIntoPlace(temporary, directory, members, init));
    return members.map((member) => join(directory, member));
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    // What cannot be removed must not hide why the unpacking failed.
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function unpackInto(path: string, temporary: string, options: UnpackOptions): Promise<string[]> {
  const { init, limits, signal, strip } = options;
  // By the path in lower case, since some file systems do not tell case apart.
  const members = new Map<string, { readonly member: string; readonly path: string }>();
  const zip = await refusing(init, path, () => openZip(path));
  const settings: ExtractSettings = { zip, init, archive: path, signal };
  try {
    const entries = await refusing(init, path, () => readDirectory(zip, limits, signal));
    for (const entry of entries) {
      signal?.throwIfAborted();
      const member = memberOf(entry);
      if (member.kind !== 'file') continue;
      const name = safePath(strip === undefined ? member.name : withoutFolder(member.name, strip));
      const other = members.get(name.toLowerCase());
      // Of members of the very same name the last counts, as for every program that unpacks.
      if (other !== undefined && other.member !== member.name) throw sameName(init, path, other.member, member.name);
      await extractMember(settings, entry, join(temporary, name));
      members.set(name.toLowerCase(), { member: member.name, path: name });
    }
    return [...members.values()].map((one) => one.path);
  } finally {
    zip.close();
  }
}

function withoutFolder(name: string, folder: string): string {
  return name.startsWith(`${folder}/`) ? name.slice(folder.length + 1) : name;
}

/** Each part of a member's path made safe; the reader has refused absolute paths and `..` already. */
function safePath(name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.map((part) => safeFileName(part, 'member')).join(sep);
}

function sameName(init: SdcErrorInit, path: string, one: string, other: string): TransferError {
  const names = `${JSON.stringify(one)} and ${JSON.stringify(other)}`;
  return new TransferError(`${path} holds ${names}, which would be the same file; unpack it by hand`, init);
}

/** Tells failures of the reader, which speak of the archive, as such. */
async function refusing<T>(init: SdcErrorInit, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HostileZip) {
      const { expected, actual, message } = error;
      throw new TransferError(`${path} is not unpacked: ${message}`, { ...init, expected, actual });
    }
    const why = error instanceof Error ? error.message : 'unknown reason';
    throw new TransferError(`${path} is not an archive that can be unpacked: ${why}; fetch it again`, {
      ...init,
      actual: why,
    });
  }
}

/** One rename where the target is new; else file by file, each over the one of the same name. */
async function moveIntoPlace(
  temporary: string,
  directory: string,
  members: readonly string[],
  init: SdcErrorInit,
): Promise<void> {
  if (!(await exists(directory))) {
    await rename(temporary, directory);
    return;
  }
  const root = await realpath(directory);
  for (const member of members) {
    const folder = dirname(join(directory, member));
    await mkdir(folder, { recursive: true });
    if (relative(root, await realpath(folder)).split(sep)[0] === '..')
      throw new TransferError(`${folder} is a link that leads out of ${directory}; remove it`, init);
    await rename(join(temporary, member), join(directory, member));
  }
}

export interface ExtractSettings {
  readonly zip: ZipFile;
  readonly init: SdcErrorInit;
  readonly archive: string;
  readonly signal: AbortSignal | undefined;
}

/** Extracts one member to a new file and checks it against the archive's CRC. */
export async function extractMember(settings: ExtractSettings, entry: Entry, target: string): Promise<void> {
  const { zip, init, archive, signal } = settings;
  const refuse = (why: string): TransferError =>
    new TransferError(`${archive}: member ${JSON.stringify(entry.fileName)} ${why}; fetch the archive again`, {
      ...init,
      actual: why,
    });
  if (entry.isEncrypted()) throw refuse('is encrypted');
  let crc = 0;
  const sum = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      crc = crc32(chunk, crc);
      done(null, chunk);
    },
  });
  try {
    await mkdir(dirname(target), { recursive: true });
    const source = await zip.openReadStreamPromise(entry);
    const file = createWriteStream(target, { highWaterMark: 1024 * 1024 });
    await pipeline(source, sum, file, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    if (isDiskError(error)) throw diskFailed(init, target, error);
    throw refuse(`cannot be unpacked (${error instanceof Error ? error.message : 'unknown reason'})`);
  }
  if (crc !== entry.crc32) throw refuse(`has the checksum ${hex(crc)} instead of ${hex(entry.crc32)}`);
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, '0');
}
