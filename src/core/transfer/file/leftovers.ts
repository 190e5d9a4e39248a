import { existsSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { createLock, FileClock, isDead, isLittered, readLock, removeLock, sweepBeside, takeOver } from './lock-file.js';
import { removePart, type PartPaths } from './part-file.js';
import { thisOwner } from './lock-owner.js';

/**
 * Removes what a killed process has left next to a target that is kept: its lock, the part where that is the target
 * itself under its earlier name, and a record without a part. A part that can be continued is kept. Never fails: the target is there, whatever is next to it.
 */
export async function clearLeftovers(target: string, paths: PartPaths): Promise<void> {
  try {
    const isFree = await takeAway(paths.lock, () => dropPlaced(target, paths));
    if (isFree) await dropTwin(target, paths);
  } catch {
    // The next download that needs the place clears it, or says why it cannot.
  }
}

/** Removes a lock that a killed process has left, and the files beside it. Never fails: the next one that needs the lock takes it over. */
export async function clearLock(path: string): Promise<void> {
  await takeAway(path, () => Promise.resolve()).catch(() => undefined);
}

/**
 * Takes over a lock whose holder is gone, for some work, and removes it.
 *
 * @returns `true` where there was nothing of the kind, so that nothing was done.
 */
async function takeAway(path: string, work: () => Promise<void>): Promise<boolean> {
  const seen = await readLock(path);
  if (seen === undefined && !(await isLittered(path))) return true;
  const content = JSON.stringify(thisOwner(''));
  const clock = new FileClock(path);
  if (seen !== undefined && !(await isDead(seen, clock))) return false;
  const lock = await (seen === undefined ? createLock(path, content) : takeOver(path, seen, content, clock));
  if (lock === undefined) return false;
  try {
    await sweepBeside(path);
    await work();
  } finally {
    await removeLock(path, lock);
  }
  return false;
}

/** Removes what a killed process left of a part that it had renamed to the final name; only the holder of the lock may call this. */
export async function dropPlaced(target: string, paths: PartPaths): Promise<void> {
  if (existsSync(paths.part)) await dropTwin(target, paths);
  else await removePart(paths);
}

/** Takes the part's name off the target, where a killed process gave it the final one and no more. */
async function dropTwin(target: string, paths: PartPaths): Promise<void> {
  const found = await lstat(target);
  if (found.nlink < 2) return;
  const part = await lstat(paths.part);
  if (part.ino !== found.ino || part.dev !== found.dev) return;
  await removePart(paths);
}
