import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import {
  backoffMs,
  isRetryableStatus,
  MAX_RETRY_AFTER_MS,
  retryAfterMs,
} from '../../../src/core/retry/retry-timing.js';

test.each([
  [null, undefined],
  ['5', 5000],
  [' 1.5 ', 1500],
  ['Thu, 01 Jan 1970 00:01:40 GMT', 90_000],
  ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
  ['-5', undefined],
  ['soon', undefined],
  ['2021-06-01', undefined],
])('Retry-After: %s is %s ms', (header, ms) => {
  expect(retryAfterMs(header, 10_000)).toBe(ms);
});

test('the back-off doubles from half a second to twenty seconds, and any part of it may be drawn', () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  expect([1, 2, 3, 6, 7, 30].map(backoffMs)).toEqual([250, 500, 1000, 8000, 10_000, 10_000]);
  vi.spyOn(Math, 'random').mockReturnValue(0);
  expect(backoffMs(1)).toBe(0);
});

test('the guide names the statuses that are repeated, and the longest wait', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../docs/errors.md'), 'utf8');
  const statuses = Array.from({ length: 500 }, (_, at) => at + 100).filter(isRetryableStatus);
  expect(statuses.filter((status) => status >= 500)).toHaveLength(100);
  const named = /time-outs, ([\d, ]+) and 5xx/u.exec(guide)?.[1];
  expect(named?.split(', ').map(Number)).toEqual(statuses.filter((status) => status < 500));
  expect(guide).toContain('`Retry-After` of up to two minutes');
  expect(MAX_RETRY_AFTER_MS).toBe(120_000);
});
