import { isSdcError, RateLimited } from '../../errors.js';
import { random } from '../../core/util/time.js';

/** The longest pause after failures that may pass. */
const LONGEST_MS = 3_600_000;
/** So often a file is sent whose upload is answered with something else than an upload is. */
const MOST_ATTEMPTS = 5;

/** Every further measurement would meet it too, and the first one may lock the account. */
export function endsStation(error: unknown): boolean {
  return isSdcError(error, 'credentials') || isSdcError(error, 'closed') || isSdcError(error, 'config');
}

/**
 * Whether a failure says something about this measurement that does not pass: the file cannot be sent, the SCC refuses it, a module failed. Everything else
 * (the network, a site under maintenance, permissions, a full disk) is tried again.
 */
export function isLasting(error: unknown, attempt: number): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return true;
  if (!isSdcError(error)) return false;
  if (['rejected', 'exists', 'job-failed', 'not-found'].includes(error.code)) return true;
  // A page of maintenance passes; where the SCC answers like this again and again, it may have stored the file in some other way.
  return error.code === 'unexpected-response' && error.delivered === 'maybe' && attempt >= MOST_ATTEMPTS;
}

/** The pause before another attempt: doubled each time, or what the centre asks for. */
export function pauseMs(error: unknown, attempt: number, pollIntervalMs: number): number {
  const asked = error instanceof RateLimited ? (error.retryAfterMs ?? 0) : 0;
  const usual = Math.min(LONGEST_MS, pollIntervalMs * 2 ** Math.min(attempt - 1, 20));
  return Math.max(asked, usual * (0.75 + random() / 4));
}
