import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cells, ROWS } from './plan.js';
import { runCells, stranger } from './run.js';
import { SUBJECTS } from './subjects.js';
import { appendFileSync } from 'node:fs';
import { isSdcError } from '../../../src/errors.js';

// Full jitter would make every repeated call wait for a quarter of a second.
vi.mock(import('../../../src/core/http/retry.js'), async (original) => ({ ...(await original()), backoffMs: () => 1 }));

const matrix = cells(SUBJECTS);
const waiting = new Map<string, Promise<string[]>>();
let other: Awaited<ReturnType<typeof stranger>>;
beforeAll(async () => {
  (globalThis as any).dump = (c: any, o: any) => appendFileSync('/tmp/dump.tsv', [c.subject.name, c.subject.kind, c.station, c.station===c.subject.carrier?'C':'', c.row.name, c.times, o.error===undefined?'right': isSdcError(o.error)?o.error.code:'FOREIGN', o.error? String((o.error as any).message).slice(0,150):''].join('\t')+'\n');
  other = await stranger();
  console.log(
    `fault matrix: ${SUBJECTS.length} calls (${SUBJECTS.flatMap(({ stations }) => Object.keys(stations)).length} requests) x ${ROWS.length} faults x 2 (passing, lasting) = ${matrix.cells.length} cells; left out ${matrix.left.join('; ')}`,
  );
  for (const [{ name }, wrong] of runCells(matrix.cells, other.origin)) waiting.set(name, wrong);
});
afterAll(() => other.close());

describe.each(SUBJECTS)('$name', ({ name }) => {
  it('under every fault, passing and lasting, gives the right file or a typed error', { timeout: 240_000 }, async () => {
    expect(await waiting.get(name)).toEqual([]);
  });
});
