import { fstatSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { env } from '../../core/config/env.js';

/**
 * Whether this process was started so that it outlives its terminal, by `nohup` or by a shell with `trap '' HUP`.
 *
 * Node.js gives every signal its default effect before our code runs, so the signal itself no longer tells. What does: the
 * name that bash and zsh put into `_`, the unreadable standard input that `nohup` leaves, and a parent that ignores it.
 */
export function outlivesTerminal(): boolean {
  return basename(env('_') ?? '') === 'nohup' || isUnreadableNull() || parentIgnoresHangup();
}

/** GNU `nohup` replaces a terminal at the standard input by `/dev/null`, opened for writing only. */
function isUnreadableNull(): boolean {
  try {
    if (fstatSync(0).rdev !== statSync('/dev/null').rdev) return false;
    readSync(0, Buffer.alloc(1));
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EBADF';
  }
}

/** A script under `nohup` hands it on. Linux only. */
function parentIgnoresHangup(): boolean {
  try {
    const ignored = /^SigIgn:\s*([0-9a-f]+)$/mu.exec(readFileSync(`/proc/${process.ppid}/status`, 'utf8'))?.[1] ?? '0';
    // SIGHUP is signal 1, the lowest bit.
    return (BigInt(`0x${ignored}`) & 1n) === 1n;
  } catch {
    return false;
  }
}
