import { SpacedWork } from '../../core/util/locks.js';
import type { ScopsOperation } from '../context.js';

/** For all clients of this process. */
const spacedWork = new SpacedWork();

/**
 * Keeps requests apart that must not come close upon each other at one server.
 *
 * @param about - What they have in common, such as the flight day.
 * @param pauseMs - From the end of one to the beginning of the next.
 */
export function spaced<T>(op: ScopsOperation, about: string, pauseMs: number, work: () => Promise<T>): Promise<T> {
  return spacedWork.run(`${op.http.baseUrl.href} ${about}`, pauseMs, op.signal, work);
}
