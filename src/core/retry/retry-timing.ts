import { random } from '../util/time.js';

/** The back-off grows from the one to the other. */
const BASE_MS = 500;
const CAP_MS = 20_000;

/** The longest wait that a centre may ask for before the call gives up instead. */
export const MAX_RETRY_AFTER_MS = 120_000;

/** Besides 5xx: Request Timeout (RFC 9110 section 15.5.9), Too Early (RFC 8470), Too Many Requests (RFC 6585 section 4). */
const RETRYABLE_STATUSES: readonly number[] = [408, 425, 429];

/** Whether the next attempt may get another status. */
export function isRetryableStatus(status: number): boolean {
  return status >= 500 || RETRYABLE_STATUSES.includes(status);
}

/**
 * Exponential back-off with full jitter: anything from nothing to the doubled base of the attempt.
 *
 * @param attempt - The one that failed, from 1.
 */
export function backoffMs(attempt: number): number {
  return random() * Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1));
}

/**
 * The wait that `Retry-After` asks for, in milliseconds: seconds or an HTTP date (RFC 9110 section 10.2.3).
 * `undefined` where there is none that can be read.
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d+(\.\d+)?$/u.test(text)) return Number(text) * 1000;
  const date = /[a-z]/iu.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
