import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isSdcError } from '../../../src/errors.js';
import { attempt, CALM, layOld, told, wrongs, type Outcome } from './judge.js';
import { cells, ROWS, type Cell } from './plan.js';
import { emptied, scene, type Scene } from './scene.js';
import { SUBJECTS } from './subjects.js';

// Full jitter would make every repeated call wait for a quarter of a second.
vi.mock(import('../../../src/core/http/retry.js'), async (original) => ({ ...(await original()), backoffMs: () => 1 }));

const AT_A_TIME = 16;
const matrix = cells(SUBJECTS);

const visits: IncomingHttpHeaders[] = [];
const other = createServer((request, response) => {
  visits.push(request.headers);
  request.resume();
  response.writeHead(404).end();
});
let stranger = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  stranger = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  console.log(
    `fault matrix: ${SUBJECTS.length} calls (${SUBJECTS.flatMap(({ stations }) => Object.keys(stations)).length} requests) x ${ROWS.length} faults x 2 (passing, lasting) = ${matrix.cells.length} cells; left out ${matrix.left.join('; ')}`,
  );
});
afterAll(() => {
  other.close();
  other.closeAllConnections();
});

/** Which end of a cell is allowed: what the plan says of the fault, at this station and as often. */
function misfit({ subject, station, row, times }: Cell, outcome: Outcome): string | undefined {
  const { error } = outcome;
  const carried = station === subject.carrier;
  if (error === undefined) {
    // An upload may have arrived before its answer was lost, and a fault may miss a short answer.
    if (subject.kind === 'upload' || !carried || row.harmless === true) return undefined;
    const helps = row.passes !== undefined && (times === 'once' || row.afterPart === true);
    return helps || (row.mayWork === true && subject.kind === 'download') ? undefined : 'it should have failed';
  }
  if (row.harmless === true) return 'it should have worked';
  const mended =
    times === 'once' &&
    (row.passes === 'all' || (row.passes === 'before-body' && (subject.kind === 'download' || !carried)));
  if (mended && subject.kind !== 'upload') return 'asking once more should have helped';
  const code = isSdcError(error) ? error.code : 'none';
  const codes = [
    ...row.codes,
    ...(carried ? [] : ['unexpected-response', 'network']),
    ...(subject.kind === 'upload' && row.name.startsWith('redirect') ? ['server'] : []),
  ];
  return codes.includes(code) ? undefined : `the code should be one of ${codes.join(', ')}`;
}

/** What is wrong with a cell. */
async function judge(cell: Cell, made: Scene): Promise<string[]> {
  const { subject, station, row, times } = cell;
  const route = subject.stations[station] ?? /^/u;
  const wrong: string[] = [];
  const old = times === 'always' && subject.kind === 'download';
  if (old) await layOld(made);
  if (row.afterPart === true) {
    made.faults.add({ route, times: subject.files, fault: { kind: 'drop', afterBytes: 700 } });
    await attempt(subject, made, { ...CALM, retries: 0, concurrency: 1 });
    made.faults.clear();
  }
  const asked = made.requests.length;
  made.faults.add({ route, times: times === 'once' ? 1 : Infinity, fault: row.fault(stranger) });
  const ways = {
    ...CALM,
    ...(row.silent === true && { timeoutMs: 1_000, idleTimeoutMs: 1_000 }),
    // The part is of the first file, so its request comes first.
    ...(row.afterPart === true && { concurrency: 1 }),
  };
  const outcome = await attempt(subject, made, ways);
  if (made.faults.fired === 0) wrong.push(`the fault met no request: ${told(outcome)}`);
  if (row.afterPart === true && !made.requests.slice(asked).some(({ headers }) => headers.has('range')))
    wrong.push('nothing was continued, so the fault met no range');
  wrong.push(
    ...(misfit(cell, outcome)
      ?.concat(`, but: ${told(outcome)}`)
      .split('\0') ?? []),
  );
  wrong.push(...(await wrongs(subject, made, outcome, { old, changed: row.changes === true })));
  made.faults.clear();
  wrong.push(...(await repaired(cell, made)));
  return wrong;
}

/** Afterwards, without a fault, the same call gives the right file. */
async function repaired({ subject }: Cell, made: Scene): Promise<string[]> {
  const outcome = await attempt(subject, made, { ...CALM, again: true });
  if (outcome.error !== undefined) return [`the next call fails: ${told(outcome)}`];
  return (await wrongs(subject, made, outcome, { old: false, changed: false })).map(
    (what) => `after the next call: ${what}`,
  );
}

describe.each(SUBJECTS)('$name', (subject) => {
  it(
    'under every fault, passing and lasting, gives the right file or a typed error',
    { timeout: 120_000 },
    async () => {
      const own = matrix.cells.filter((cell) => cell.subject === subject);
      const waiting = [...own];
      const wrong: string[] = [];
      const work = async (): Promise<void> => {
        // Downloads change nothing in a centre, so that a scene serves many cells.
        let made: Scene | undefined;
        for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
          made ??= await scene(subject.centre, subject.files);
          const where = `${cell.station}, ${cell.row.name}, ${cell.times}`;
          const found = await judge(cell, made).catch((error: unknown) => [String(error)]);
          wrong.push(...found.map((what) => `${where}: ${what}`));
          if (subject.kind === 'upload' || found.length > 0) {
            await made.end();
            made = undefined;
          } else await emptied(made.at);
        }
        await made?.end();
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, work));
      expect(own.length).toBeGreaterThan(0);
      expect(wrong).toEqual([]);
    },
  );
});

it('no other host was told a credential or a cookie', () => {
  for (const headers of visits) {
    expect(Object.keys(headers).filter((name) => /auth|cookie|key|token|csrf/u.test(name))).toEqual([]);
  }
});
