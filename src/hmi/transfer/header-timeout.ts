import type { DownloadOptions } from '../../types.js';
import type { HmiOperation } from '../context.js';

const DEFAULT_CONCURRENCY = 4;

/**
 * The wait for the headers of a file: a single-threaded service answers one request after the other, so with several at
 * a time the default is multiplied. What the caller sets, holds.
 */
export function headerTimeout({ context, http }: HmiOperation, options: DownloadOptions): number | undefined {
  const { timeoutMs, concurrency = DEFAULT_CONCURRENCY } = options;
  if (timeoutMs !== undefined || !context.hasDefaultTimeout || !(concurrency > 1)) return timeoutMs;
  return http.settings.timeoutMs * Math.min(concurrency, 16);
}
