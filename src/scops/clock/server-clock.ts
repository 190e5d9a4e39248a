import type { ResponseHead } from '../../core/http/response.js';
import { monotonic } from '../../core/util/time.js';

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
