import type { ResponseHead } from '../../core/http/response.js';
import { monotonic } from '../../core/util/time.js';
import { SpacedWork } from '../../core/util/locks.js';
import type { ScopsOperation } from '../context.js';

/** The server's clock, as its answers tell it; between answers it runs on with ours. */
export class ServerClock {
  #ms: number;
  #at = monotonic();

  /** @param start - The last known time of the server. */
  constructor(start: Date) {
    this.#ms = start.getTime();
  }

  now(): number {
    return this.#ms + (monotonic() - this.#at);
  }

  /** Takes over the time of an answer, where it tells one. */
  set(date: Date | undefined): void {
    if (date === undefined) return;
    this.#ms = date.getTime();
    this.#at = monotonic();
  }
}

/** The server's clock at an answer; `undefined` where it does not tell. */
export function serverDate({ headers }: Pick<ResponseHead, 'headers'>): Date | undefined {
  const ms = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(ms) ? undefined : new Date(ms);
}

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
