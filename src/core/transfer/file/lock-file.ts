import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, lstat, open, readdir, rename, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { removeFile } from '../../files/remove.js';
import { systemCode } from '../../files/system-error.js';
import { monotonic } from '../../util/time.js';
import { parseOwner, stateOf, type LockOwner } from './lock-owner.js';
import { NO_LINKS } from './publish.js';

/** A lock of which only its age is known counts as dead after so long without a heartbeat: four missed ones. */
const SILENT_MS = 60_000;
/** After this time the clock of a file system is read again. */
const CLOCK_MS = 5_000;
const LONGEST_BYTES = 4096;
const USUAL_ENDING = `.${'0'.repeat(12)}`;
/** A link is never followed, and a pipe never waited for. */
const READ = process.platform === 'win32' ? 'r' : constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** A lock file of ours. It stays open, so that no other file can have its inode. */
export interface LockFile {
  readonly handle: FileHandle;
  readonly identity: string;
  readonly content: string;
  /** Files were found beside it that the holder of the lock may remove. */
  readonly littered: boolean;
}

/** A lock file as it was seen. */
export interface SeenLock {
  readonly identity: string;
  readonly holder: LockOwner | undefined;
  readonly modifiedMs: number;
  /** Another one after each change: of the file, of its content, of its age. */
  readonly state: string;
}

interface Status {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly mtimeNs: bigint;
}

const identityOf = ({ dev, ino }: Status): string => `${dev}:${ino}`;

/**
 * Makes a lock file; `undefined` where there is one. It is written under another name first and then linked, so that a lock always
 * says whose it is: a process that is killed in between leaves no lock without an owner.
 */
export async function createLock(path: string, content: string): Promise<LockFile | undefined> {
  const { handle, temporary, littered } = await openTemporary(path);
  try {
    await handle.writeFile(content);
    const lock = { handle, identity: identityOf(await handle.stat({ bigint: true })), content, littered };
    if (await publish(temporary, path)) return lock;
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  } finally {
    await removeFile(temporary).catch(() => undefined);
  }
  await handle.close().catch(() => undefined);
  return undefined;
}

/** The usual name first: where it is taken, a process that was killed has left it, or another one is at it just now. */
async function openTemporary(
  path: string,
): Promise<{ readonly handle: FileHandle; readonly temporary: string; readonly littered: boolean }> {
  const usual = `${path}${USUAL_ENDING}`;
  try {
    return { handle: await open(usual, 'wx+'), temporary: usual, littered: false };
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
  const temporary = besideLock(path);
  return { handle: await open(temporary, 'wx+'), temporary, littered: true };
}

/** A hard link never replaces a file; where the file system has none, a check before the rename must do. */
async function publish(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    const code = systemCode(error) ?? '';
    // Taken; or its holder has removed our temporary file.
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    if (!NO_LINKS.has(code)) throw error;
    if ((await statusAt(path)) !== undefined) return false;
    await rename(temporary, path);
    return true;
  }
}

/** Reads a lock file; `undefined` where there is none. */
export async function readLock(path: string): Promise<SeenLock | undefined> {
  let handle: FileHandle | undefined;
  let status: Status;
  let text = '';
  try {
    handle = await open(path, READ);
    status = await handle.stat({ bigint: true });
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST_BYTES), 0, LONGEST_BYTES, 0);
    text = buffer.toString('utf8', 0, bytesRead);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    // A link, a directory, a file of another user: it cannot be read, but it has an age.
    const found = await statusAt(path);
    if (found === undefined) return undefined;
    status = found;
  } finally {
    await handle?.close().catch(() => undefined);
  }
  return {
    identity: identityOf(status),
    holder: parseOwner(text),
    modifiedMs: Number(status.mtimeNs / 1_000_000n),
    state: createHash('sha256')
      .update(`${identityOf(status)}:${status.mtimeNs}:${text}`)
      .digest('hex')
      .slice(0, 12),
  };
}

/** Whether the file at a path is our lock file. */
export async function isAt(path: string, lock: LockFile): Promise<boolean> {
  const found = await statusAt(path).catch(() => undefined);
  return found !== undefined && identityOf(found) === lock.identity;
}

/** Removes a lock file of ours, where it is still there. Never fails: one that remains is found dead by the next process. */
export async function removeLock(path: string, lock: LockFile, isOurs = () => isAt(path, lock)): Promise<void> {
  if (await isOurs()) await unlink(path).catch(() => undefined);
  await lock.handle.close().catch(() => undefined);
}

/** Ages by the clock that wrote the dates of the files: that of the file system, which need not be the one of this machine. */
export class FileClock {
  readonly #path: string;
  #seen: { readonly fileMs: number; readonly atMs: number } | undefined;

  /** @param path - A file beside which others may be made. */
  constructor(path: string) {
    this.#path = path;
  }

  async ageMs(modifiedMs: number): Promise<number> {
    if (this.#seen === undefined || monotonic() - this.#seen.atMs > CLOCK_MS) this.#seen = await this.#readClock();
    return this.#seen.fileMs + monotonic() - this.#seen.atMs - modifiedMs;
  }

  async #readClock(): Promise<{ fileMs: number; atMs: number }> {
    const path = besideLock(this.#path);
    const handle = await open(path, 'wx');
    try {
      return { fileMs: (await handle.stat()).mtimeMs, atMs: monotonic() };
    } finally {
      await handle.close().catch(() => undefined);
      await removeFile(path).catch(() => undefined);
    }
  }
}

/** Whether the holder of a lock is gone: as the system tells, else by its silence. */
export async function isDead({ holder, modifiedMs }: SeenLock, clock: FileClock): Promise<boolean> {
  const state = holder === undefined ? 'unknown' : await stateOf(holder);
  return state === 'unknown' ? (await clock.ageMs(modifiedMs)) > SILENT_MS : state === 'gone';
}

/**
 * Replaces a dead lock by one of ours, with one rename: the name is never free in between. Who may do so is decided by a
 * second lock, named after the dead one as it was seen: of all that saw it dead, one has the guard at a time, and one that
 * comes later finds another lock there and leaves it. A guard that was left is taken over in the same way.
 *
 * @returns `undefined` where another one is at it, or was faster.
 */
export async function takeOver(
  path: string,
  dead: SeenLock,
  content: string,
  clock: FileClock,
  base = path,
): Promise<LockFile | undefined> {
  const guardPath = `${base}.${dead.state}`;
  const guard = (await createLock(guardPath, content)) ?? (await guardLeft(guardPath, content, clock, base));
  if (guard === undefined) return undefined;
  try {
    const seen = await readLock(path);
    if (seen?.state !== dead.state) return undefined;
    const prepared = besideLock(base);
    const lock = await createLock(prepared, content);
    if (lock === undefined) return undefined;
    try {
      await rename(prepared, path);
      return lock;
    } catch (error) {
      await removeLock(prepared, lock);
      // The process that took it over has removed it.
      if (systemCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  } finally {
    await removeLock(guardPath, guard);
  }
}

async function guardLeft(path: string, content: string, clock: FileClock, base: string): Promise<LockFile | undefined> {
  const seen = await readLock(path);
  if (seen === undefined || !(await isDead(seen, clock))) return undefined;
  return takeOver(path, seen, content, clock, base);
}

/** A name of our own next to a lock file, for a file without its final name. */
export function besideLock(path: string): string {
  return `${path}.${randomUUID().slice(-12)}`;
}

/** Whether a process that was killed before it had a lock has left files next to it. */
export async function isLittered(path: string): Promise<boolean> {
  return (await statusAt(`${path}${USUAL_ENDING}`)) !== undefined;
}

/** Removes what former holders have left beside a lock; only the holder of the lock may call this. */
export async function sweepBeside(path: string): Promise<void> {
  const own = `${basename(path)}.`;
  const names = await readdir(dirname(path)).catch(() => []);
  for (const name of names) {
    if (name.startsWith(own) && /^[0-9a-f]{8,12}(?:\.[0-9a-f]{12})?$/u.test(name.slice(own.length)))
      await removeFile(join(dirname(path), name)).catch(() => undefined);
  }
}

async function statusAt(path: string): Promise<Status | undefined> {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
