import { sleep } from '../../core/util/time.js';
import type { ScopsStatus } from '../types.js';
import { hasChanged, hasEnded } from './summary.js';

/** Between two looks at an end. */
export const SECOND_LOOK_MS = 250;

/**
 * Reads a status; an end counts when it is read a second time: status files are emptied before they are written, and a
 * reader sees something else in that moment.
 */
export async function settledStatus(
  read: () => Promise<ScopsStatus>,
  pauseMs: number,
  signal: AbortSignal | undefined,
): Promise<ScopsStatus> {
  let status = await read();
  while (hasEnded(status)) {
    await sleep(pauseMs, signal);
    const again = await read();
    if (!hasChanged(status, again)) return again;
    status = again;
  }
  return status;
}
