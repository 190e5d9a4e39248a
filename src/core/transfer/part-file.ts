import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readFile, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../files/system-error.js';
import { shorten } from './file-name.js';

/** What is known of the body that a part file is the beginning of. */
export interface PartRecord {
  /** Digest of the address, which itself may hold secrets. */
  readonly source: string;
  /** A strong entity tag or date. */
  readonly validator: string;
  readonly totalBytes?: number;
}

/** The paths beside a target. */
export interface PartPaths {
  readonly part: string;
  readonly record: string;
  readonly lock: string;
}

const LONGEST_NAME_BYTES = 255 - 16;

/** Where the part of a target lies: beside it, so that a rename is all it takes in the end. */
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

/** Opens the part file, made if it is missing; never through a link. */
export async function openPart(path: string): Promise<{ readonly handle: FileHandle; readonly bytes: number }> {
  try {
    return { handle: await open(path, 'wx+'), bytes: 0 };
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
  const found = await lstat(path);
  if (!found.isFile() && !found.isDirectory()) await rm(path, { force: true });
  const noFollow = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT | noFollow, 0o666);
  return { handle, bytes: (await handle.stat()).size };
}

/** The record of a part, if there is one that can be read. */
export async function readRecord(path: string): Promise<PartRecord | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { source, validator, totalBytes }: { source?: unknown; validator?: unknown; totalBytes?: unknown } = value;
  if (typeof source !== 'string' || typeof validator !== 'string' || !/^[\x20-\x7e\x80-\xff]+$/u.test(validator))
    return undefined;
  return { source, validator, ...(typeof totalBytes === 'number' && { totalBytes }) };
}

/** Writes the record of a part. */
export async function writeRecord(path: string, record: PartRecord): Promise<void> {
  await writeFile(path, JSON.stringify(record));
}

/** Removes a part and its record. */
export async function removePart(paths: PartPaths): Promise<void> {
  await rm(paths.part, { force: true });
  await rm(paths.record, { force: true });
}
