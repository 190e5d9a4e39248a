import { expect, it } from 'vitest';
import { NetworkError } from '../../../src/errors.js';
import { lazy } from '../../../src/core/util/lazy.js';
import { rejection } from '../../support/rejection.js';

const init = { centre: 'scc', operation: 'scc.getMeasurement' } as const;

it('a module is loaded once, by whoever needs it first', async () => {
  let loads = 0;
  const load = lazy(() => Promise.resolve((loads += 1)));
  expect(await Promise.all([load(), load(init), load()])).toEqual([1, 1, 1]);
});

it('a failed load is a retryable error of the call, and is tried again', async () => {
  const outcomes = [
    () => Promise.reject(Object.assign(new Error('too many open files'), { code: 'EMFILE' })),
    () => Promise.resolve('loaded'),
  ];
  const load = lazy(() => outcomes.shift()?.() ?? Promise.resolve('late'));
  const error: unknown = await rejection(load(init));
  expect(error).toBeInstanceOf(NetworkError);
  expect(error).toMatchObject({ ...init, retryable: true, message: expect.stringContaining('EMFILE') });
  expect(await load(init)).toBe('loaded');
});
