import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ensureDirectory } from '../../files/directory.js';
import { systemCode } from '../../files/system-error.js';
import { KeyedMutex } from '../../util/locks.js';
import { monotonic, sleep } from '../../util/time.js';
import { thisOwner, type LockOwner } from './lock-owner.js';
import {
  createLock,
  FileClock,
  isAt,
  isDead,
  readLock,
  removeLock,
  sweepBeside,
  takeOver,
  type LockFile,
} from './lock-file.js';

/** A holder that works shows it this often, so that others wait for it … */
const BEAT_MS = 500;
/** … and one that waits for bytes, whose growing part shows that they come, shows that it lives. */
const HEARTBEAT_MS = 15_000;
const LOOK_AGAIN_MS = 100;
/** The holder of a younger lock need not read it again: one check of the file is enough. */
const YOUNG_MS = 4_000;

/** Downloads of this thread to one target run one at a time. */
const turns = new KeyedMutex();

/** A lock file on one part file, held by one download of one thread. */
export interface Lock {
  /** Whether it was taken over from a holder that seemed to be gone: the files left by it may still be written to. */
  readonly tookOver: boolean;
  /** Set while nothing but the growth of the part can show progress; else the holder itself shows that it works. */
  waitsForBytes: boolean;
  /** Whether it is still ours; another process may have taken over a lock whose holder seemed to be gone. */
  isHeld(): Promise<boolean>;
  /** Gives back the place that came with it, once. */
  readonly leaveSlot: () => void;
  release(): Promise<void>;
}

export interface LockSettings {
  readonly signal: AbortSignal;
  /** Longest wait for another process that makes no progress, in milliseconds. */
  readonly patienceMs: number;
  /** The part file, whose growth counts as progress. */
  readonly partPath: string;
  readonly busy: (holder: LockOwner | undefined) => Error;
  /**
   * Taken before the lock, and given back while others have the lock: the holder of a lock never waits for a slot, and the holder
   * of a slot never waits for a lock.
   */
  readonly takeSlot?: () => Promise<() => void>;
}

/**
 * Takes the lock of a part file. Downloads of this thread wait for each other in turn; that of another process or thread is
 * waited for as long as it works. A lock whose holder is gone is taken over.
 */
export async function acquireLock(lockPath: string, settings: LockSettings): Promise<Lock> {
  const leave = await turns.acquire(lockPath, settings.signal);
  try {
    const content = JSON.stringify(thisOwner(randomUUID()));
    const { lock, ...how } = await acquire(lockPath, content, settings);
    return held(lockPath, lock, how, leave);
  } catch (error) {
    leave();
    throw error;
  }
}

interface Taken {
  readonly lock: LockFile;
  readonly tookOver: boolean;
}

async function acquire(
  lockPath: string,
  content: string,
  settings: LockSettings,
): Promise<Taken & { readonly leaveSlot: () => void }> {
  const clock = new FileClock(lockPath);
  const wait = patience(lockPath, settings);
  for (;;) {
    settings.signal.throwIfAborted();
    const leaveSlot = (await settings.takeSlot?.()) ?? ((): void => undefined);
    let taken: Taken | undefined;
    try {
      taken = await tryOnce(lockPath, content, clock);
    } finally {
      if (taken === undefined) leaveSlot();
    }
    if (taken !== undefined) return { ...taken, leaveSlot };
    await wait(clock);
  }
}

async function tryOnce(lockPath: string, content: string, clock: FileClock): Promise<Taken | undefined> {
  const made = await makeLock(lockPath, content);
  if (made !== undefined) {
    if (made.littered) await sweepBeside(lockPath);
    return { lock: made, tookOver: false };
  }
  const seen = await readLock(lockPath);
  if (seen === undefined || !(await isDead(seen, clock))) return undefined;
  const lock = await takeOver(lockPath, seen, content, clock);
  if (lock === undefined) return undefined;
  await sweepBeside(lockPath);
  return { lock, tookOver: true };
}

async function makeLock(lockPath: string, content: string): Promise<LockFile | undefined> {
  try {
    return await createLock(lockPath, content);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    await ensureDirectory(dirname(lockPath));
    return createLock(lockPath, content);
  }
}

/** Waits until a lock is gone or dead, for as long as its holder works: the part grows, or the lock is refreshed. */
function patience(lockPath: string, settings: LockSettings): (clock: FileClock) => Promise<void> {
  let before = '';
  let since = monotonic();
  return async (clock) => {
    for (;;) {
      await sleep(LOOK_AGAIN_MS, settings.signal);
      const seen = await readLock(lockPath);
      if (seen === undefined) return;
      const progress = `${seen.state} ${await sizeOf(settings.partPath)}`;
      if (progress !== before) [before, since] = [progress, monotonic()];
      else if (monotonic() - since > settings.patienceMs) throw settings.busy(seen.holder);
      if (await isDead(seen, clock)) return;
    }
  };
}

function held(
  lockPath: string,
  lock: LockFile,
  how: Pick<Lock, 'tookOver' | 'leaveSlot'>,
  leaveTurn: () => void,
): Lock {
  const since = monotonic();
  let shown = since;
  let showing: Promise<void> | undefined;
  const show = async (): Promise<void> => {
    // Written, not dated by hand: so the date is that of the file system's clock.
    if (await isOurs()) await lock.handle.write(lock.content, 0).catch(() => undefined);
    showing = undefined;
  };
  const isOurs = async (): Promise<boolean> => {
    if (monotonic() - since < YOUNG_MS) return isAt(lockPath, lock);
    const seen = await readLock(lockPath).catch(() => undefined);
    return seen?.identity === lock.identity && lock.content.includes(`"${seen.holder?.token ?? ''}"`);
  };
  const hold: Lock = {
    ...how,
    waitsForBytes: false,
    isHeld: isOurs,
    release: async () => {
      clearInterval(heartbeat);
      how.leaveSlot();
      await showing;
      await removeLock(lockPath, lock, isOurs);
      leaveTurn();
    },
  };
  const heartbeat = setInterval(() => {
    if (hold.waitsForBytes && monotonic() - shown < HEARTBEAT_MS) return;
    shown = monotonic();
    showing ??= show();
  }, BEAT_MS);
  heartbeat.unref();
  return hold;
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return -1;
  }
}
