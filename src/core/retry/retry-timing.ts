/** The longest wait that a centre may ask for before the call gives up instead. */
export const MAX_RETRY_AFTER_MS = 120_000;

/** Whether a status may be gone at the next attempt (RFC 9110 sections 15.5.9 and 15.6, RFC 6585 section 4). */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
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
