import { existsSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { createLock, FileClock, isDead, isLittered, readLock, removeLock, sweepBeside, takeOver } from './lock-file.js';
import { removePart, type PartPaths } from './part-file.js';
import { thisOwner } from './lock-owner.js';

/**
 * Clears what a process that was killed has left beside a target that stays: its lock, the part where that is the target
 * itself under its earlier name, and a record without a part. A part that can be continued stays. Never fails: the target is there, whatever lies beside it.
 */
export async function clearLeftovers(target: string, paths: PartPaths): Promise<void> {
  try {
    const seen = await readLock(paths.lock);
    if (seen === undefined && !(await isLittered(paths.lock))) {
      await dropTwin(target, paths);
      return;
    }
    const content = JSON.stringify(thisOwner(''));
    const clock = new FileClock(paths.lock);
    if (seen !== undefined && !(await isDead(seen, clock))) return;
    const lock = await (seen === undefined
      ? createLock(paths.lock, content)
      : takeOver(paths.lock, seen, content, clock));
    if (lock === undefined) return;
    try {
      await sweepBeside(paths.lock);
      await dropPlaced(target, paths);
    } finally {
      await removeLock(paths.lock, lock);
    }
  } catch {
    // The next download that needs the place clears it, or says why it cannot.
  }
}

/** Clears what a killed process left of a part to which it gave the final name; only who has the lock may call this. */
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
