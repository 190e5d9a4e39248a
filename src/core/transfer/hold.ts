import { randomBytes } from 'node:crypto';
import { rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ensureDirectory } from '../files/directory.js';
import { systemCode } from '../files/system-error.js';
import { monotonic, now, sleep, today } from '../util/time.js';
import { takeTurn } from './turns.js';
import { holderIsGone, ownHolder, readHolder, type Holder } from './holder.js';

/** A holder that works shows it this often. */
const HEARTBEAT_MS = 15_000;
const LOOK_AGAIN_MS = 100;
/** Nobody takes a lock for dead that is younger: the rules of `holderIsGone` are far from it. */
const SAFE_MS = 4_000;

/** A lock file on one part file, held by one download of one process. */
export interface Hold {
  /** Whether another download had it before, so that what was seen may have changed. */
  readonly waited: boolean;
  /** Whether it is still ours; someone may have taken a lock whose holder seemed to be gone. */
  stillOurs(): Promise<boolean>;
  release(): Promise<void>;
}

/** How to wait for a lock. */
export interface HoldSettings {
  readonly signal: AbortSignal;
  /** Longest wait for another process that makes no progress, in milliseconds. */
  readonly patienceMs: number;
  /** The part file, whose growth counts as progress. */
  readonly partPath: string;
  readonly busy: (holder: Holder | undefined) => Error;
}

/**
 * Takes the lock of a part file. Downloads of this process wait for each other in turn; that of another process is
 * waited for as long as it makes progress. A lock whose process is gone is taken over.
 */
export async function hold(lockPath: string, settings: HoldSettings): Promise<Hold> {
  const { leave, waited } = await takeTurn(lockPath, settings.signal);
  try {
    const token = randomBytes(9).toString('base64url');
    const found = await acquire(lockPath, token, settings);
    const since = monotonic();
    const heartbeat = setInterval(() => {
      utimes(lockPath, today(), today()).catch(() => undefined);
    }, HEARTBEAT_MS);
    heartbeat.unref();
    const stillOurs = async (): Promise<boolean> =>
      monotonic() - since < SAFE_MS || (await readHolder(lockPath))?.token === token;
    return {
      waited: waited || found,
      stillOurs,
      release: async () => {
        clearInterval(heartbeat);
        try {
          if (await stillOurs()) await unlink(lockPath);
        } catch {
          // a lock that cannot be removed is found stale by the next one
        } finally {
          leave();
        }
      },
    };
  } catch (error) {
    leave();
    throw error;
  }
}

/** Whether another lock was found first. */
async function acquire(lockPath: string, token: string, settings: HoldSettings): Promise<boolean> {
  const content = JSON.stringify(await ownHolder(token));
  let seen = '';
  let since = now();
  let found = false;
  let made = false;
  for (;;) {
    settings.signal.throwIfAborted();
    try {
      await writeFile(lockPath, content, { flag: 'wx' });
      return found;
    } catch (error) {
      const code = systemCode(error);
      // Made, but not written: on a full disk. It is ours, and nobody could tell.
      if (error instanceof Error && 'syscall' in error && error.syscall === 'write')
        await rm(lockPath, { force: true }).catch(() => undefined);
      if (code === 'ENOENT' && !made) {
        made = true;
        await ensureDirectory(dirname(lockPath));
        continue;
      }
      if (code !== 'EEXIST') throw error;
    }
    found = true;
    const holder = await readHolder(lockPath);
    if (await holderIsGone(lockPath, holder)) {
      await breakLock(lockPath, holder);
      continue;
    }
    const progress = `${holder?.token ?? ''} ${await sizeOf(settings.partPath)}`;
    if (progress !== seen) [seen, since] = [progress, now()];
    else if (now() - since > settings.patienceMs) throw settings.busy(holder);
    await sleep(LOOK_AGAIN_MS, settings.signal);
  }
}

/** Moves a dead lock out of the way; of several that try, one succeeds, and a living lock is put back. */
async function breakLock(lockPath: string, dead: Holder | undefined): Promise<void> {
  const aside = `${lockPath}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(lockPath, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await readHolder(aside);
  if (moved?.token === dead?.token) await rm(aside, { force: true });
  else await rename(aside, lockPath);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return -1;
  }
}
