import { beforeAll, describe, expect, it } from 'vitest';
import { useShortBackOff } from '../../support/back-off.js';
import { cells } from './plan.js';
import { ROWS } from './rows.js';
import { runCells, stranger } from './run.js';
import { SUBJECTS } from './subjects.js';

useShortBackOff();

// The calls that send something stand in sending.test.ts.
const OWN = SUBJECTS.filter(({ sends }) => sends === undefined);
const whole = cells(SUBJECTS);
const matrix = whole.cells.filter(({ subject }) => subject.sends === undefined);
const waiting = new Map<string, Promise<string[]>>();
const other = await stranger();
beforeAll(() => {
  const stations = SUBJECTS.flatMap((subject) => Object.keys(subject.stations));
  console.log(
    `fault matrix: ${SUBJECTS.length} calls (${stations.length} requests) x ${ROWS.length} faults x 2 (passing, lasting) = ${whole.whole} cells, ${whole.cells.length} of them tested; left out ${whole.left.join('; ')}`,
  );
  for (const [{ name }, wrong] of runCells(matrix, other.origin)) waiting.set(name, wrong);
});

describe.each(OWN)('$name', ({ name }) => {
  it(
    'under every fault, passing and lasting, ends with the right file or a typed error',
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
