import { beforeAll, describe, expect, it } from 'vitest';
import { useShortBackOff } from '../../support/back-off.js';
import { cells } from './plan.js';
import { runCells, stranger } from './run.js';
import { SUBJECTS } from './subjects.js';

useShortBackOff();

// The calls that send nothing stand in matrix.test.ts, which tells the size of it all.
const OWN = SUBJECTS.filter(({ sends }) => sends !== undefined);
const matrix = cells(SUBJECTS).cells.filter(({ subject }) => subject.sends !== undefined);
const waiting = new Map<string, Promise<string[]>>();
const other = await stranger();
beforeAll(() => {
  for (const [{ name }, wrong] of runCells(matrix, other.origin)) waiting.set(name, wrong);
});

describe.each(OWN)('$name', ({ name }) => {
  it(
    'under every fault, passing and lasting, ends with all there once that was sent, or a typed error',
    { timeout: 240_000 },
    async () => {
      expect(matrix.some(({ subject }) => subject.name === name)).toBe(true);
      expect(await waiting.get(name)).toEqual([]);
    },
  );
});

it('no other host was told a credential or a cookie', () => {
  expect(other.requests.length).toBeGreaterThan(0);
  for (const { headers } of other.requests) {
    expect(Object.keys(headers).filter((name) => /auth|cookie|key|token|csrf/u.test(name))).toEqual([]);
  }
});
