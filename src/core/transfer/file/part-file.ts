import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFile } from '../../files/remove.js';
import { isDiskError, systemCode } from '../../files/system-error.js';
import { parseExtents, type Extents } from './extents.js';
import { shorten } from './file-name.js';
import { besideLock } from './lock-file.js';
import { parseRecord } from '../../util/records.js';

/** What is known of the body that a part file is the beginning of, or holds pieces of. */
export interface PartRecord {
  /** Digest of the address, which itself may hold secrets. */
  readonly source: string;
  /** A strong entity tag or date. */
  readonly validator: string;
  readonly totalBytes?: number | undefined;
  /** The bytes that are there, where they came side by side; without it, all that the file holds. */
  readonly written?: Extents | undefined;
}

/** The paths beside a target. */
export interface PartPaths {
  readonly part: string;
  readonly record: string;
  readonly lock: string;
}

/** Room for `.part.lock` and the short-lived files next to a lock. */
const LONGEST_NAME_BYTES = 255 - 48;

/** Where the part of a target is: next to it, so that a rename is enough at the end. */
export function partPaths(directory: string, name: string): PartPaths {
  let base = name;
  if (Buffer.byteLength(name) > LONGEST_NAME_BYTES) {
    base = `${shorten(name, LONGEST_NAME_BYTES - 13)}.${digestOf(name).slice(0, 12)}`;
  }
  const part = join(directory, `${base}.part`);
  return { part, record: `${part}.json`, lock: `${part}.lock` };
}

/** What a part's record calls its source. */
export function digestOf(address: string): string {
  return createHash('sha256').update(address).digest('hex');
}

/** A link is never followed, and a pipe never waited for. */
const NO_FOLLOW = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW | constants.O_NONBLOCK;
const COPIED_BYTES = 1024 * 1024;
const LONGEST_RECORD_BYTES = 64 * 1024;

export interface OpenedPart {
  readonly handle: FileHandle;
  readonly bytes: number;
}

/**
 * Opens the part file, made if it is missing; never through a link. A file that has a second name, or is of another user, is not
 * written to: its name is taken off it, and a new one is made.
 */
export async function openPart(paths: PartPaths): Promise<OpenedPart> {
  try {
    return { handle: await makePart(paths), bytes: 0 };
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
  const handle = await openFound(paths.part, constants.O_RDWR);
  if (handle !== undefined) {
    try {
      const { nlink, uid, size } = await handle.stat();
      if (nlink === 1 && (process.geteuid === undefined || uid === process.geteuid())) return { handle, bytes: size };
    } catch (error) {
      await handle.close().catch(() => undefined);
      throw error;
    }
    await handle.close().catch(() => undefined);
  }
  await removeFile(paths.part);
  return { handle: await makePart(paths), bytes: 0 };
}

/**
 * Opens a new part file with the bytes of the one left by a holder that seems to be gone. If that holder is still working, it
 * writes to a file that is no longer read. The copy counts only if the record did not change in between: a holder that starts
 * over deletes the record before it writes.
 */
export async function openCopy(paths: PartPaths): Promise<OpenedPart> {
  const left = await openFound(paths.part, constants.O_RDONLY);
  const record = left === undefined ? undefined : await readRecord(paths.record);
  try {
    await removeFile(paths.part);
    const handle = await makePart(paths, record !== undefined);
    if (left === undefined || record === undefined) return { handle, bytes: 0 };
    try {
      const bytes = await copied(left, handle);
      if (JSON.stringify(await readRecord(paths.record)) === JSON.stringify(record)) return { handle, bytes };
    } catch (error) {
      if (!isDiskError(error)) throw error;
      // There may be no room for both.
    }
    await handle.truncate(0);
    await removeFile(paths.record);
    return { handle, bytes: 0 };
  } finally {
    await left?.close().catch(() => undefined);
  }
}

async function copied(from: FileHandle, to: FileHandle): Promise<number> {
  const buffer = Buffer.allocUnsafe(COPIED_BYTES);
  for (let at = 0; ;) {
    const { bytesRead } = await from.read(buffer, 0, buffer.byteLength, at);
    if (bytesRead === 0) return at;
    for (let done = 0; done < bytesRead;)
      done += (await to.write(buffer, done, bytesRead - done, at + done)).bytesWritten;
    at += bytesRead;
  }
}

/** A regular file that is there; what is none, or may not be opened, is `undefined`, a directory a failure. */
async function openFound(path: string, flags: number): Promise<FileHandle | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, flags | NO_FOLLOW);
  } catch (error) {
    if (['ENOENT', 'ELOOP', 'EMLINK', 'EACCES', 'ENXIO'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
  const found = await handle.stat();
  if (found.isFile()) return handle;
  await handle.close();
  return undefined;
}

/** A new file; the record of an earlier one must never describe the bytes of another body. */
async function makePart(paths: PartPaths, keepRecord = false): Promise<FileHandle> {
  const handle = await open(paths.part, 'wx+');
  try {
    if (!keepRecord) await removeFile(paths.record);
    return handle;
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
}

/** The record of a part, if there is one that can be read. */
export async function readRecord(path: string): Promise<PartRecord | undefined> {
  const value = parseRecord(await textOf(path).catch(() => ''));
  if (value === undefined) return undefined;
  const { source, validator, totalBytes, written } = value;
  if (typeof source !== 'string' || typeof validator !== 'string' || !/^[\x20-\x7e\x80-\xff]+$/u.test(validator))
    return undefined;
  const record = { source, validator, totalBytes: typeof totalBytes === 'number' ? totalBytes : undefined };
  if (written === undefined) return record;
  const extents = parseExtents(written);
  return extents === undefined ? undefined : { ...record, written: extents };
}

async function textOf(path: string): Promise<string> {
  const handle = await openFound(path, constants.O_RDONLY);
  if (handle === undefined) return '';
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST_RECORD_BYTES), 0, LONGEST_RECORD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close().catch(() => undefined);
  }
}

/** Writes the record of a part: a new file each time, never into one that is there. Killed at any time, it leaves the old one or the new. */
export async function writeRecord({ record: path, lock }: PartPaths, record: PartRecord): Promise<void> {
  const fresh = besideLock(lock);
  try {
    await writeFile(fresh, JSON.stringify(record), { flag: 'wx' });
    await rename(fresh, path);
  } catch (error) {
    await removeFile(fresh).catch(() => undefined);
    throw error;
  }
}

export async function removePart(paths: PartPaths): Promise<void> {
  await removeFile(paths.part);
  await removeFile(paths.record);
}
