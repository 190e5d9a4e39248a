import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useShortBackOff } from '../../support/back-off.js';
import { cleanUp } from '../../support/clean-up.js';
import { cover } from '../../support/full.js';
import { rejection } from '../../support/rejection.js';
import { until } from '../../support/until.js';
import { CALM } from './judge.js';
import { everyCell, roleOf, type Cell } from './plan.js';
import { expectSurvivesKill } from './processes.js';
import { runCells, stranger } from './run.js';
import { filesBelow, scene, type Scene } from './scene.js';
import type { Subject } from './subject.js';
import { bringsFiles, SUBJECTS } from './subjects.js';
import { wayThroughProxy, type Way } from './way.js';

useShortBackOff();

const SCHEMES = ['http:', 'https:'] as const;

/** A call of each kind and of each centre, and those that list first. */
const slice = SUBJECTS.filter(
  (subject, at) =>
    SUBJECTS.findIndex(({ centre, kind }) => centre === subject.centre && kind === subject.kind) === at ||
    'list' in subject.stations,
);
const kindOf = ({ row }: Cell): string => `${row.fault('http://other.example').kind} ${row.of ?? ''}`;
/** Each kind of fault at the requests that list, carry a file or take what is sent; the others and the rest are tested without a proxy. */
const cells = slice.flatMap((one) => {
  const met = new Set<string>();
  return everyCell([one]).cells.filter((cell) => {
    const { subject, station, times } = cell;
    if (station !== 'list' && station !== subject.carrier && station !== subject.sends?.station) return false;
    const what = `${station} ${kindOf(cell)} ${times}`;
    return !met.has(what) && met.add(what);
  });
});
/** A tunnel carries bytes as they are: there a file of each centre, and what is sent, stand for all. */
const tunnelled = cells.filter(
  ({ subject, station, row }) =>
    (subject.kind === 'download' || subject.kind === 'upload') &&
    station !== 'list' &&
    // The simulator, which is not secured itself, would redirect to plain http.
    row.name !== 'redirect loop',
);
const roleIn = ({ subject, station }: Cell): string => (station === 'list' ? station : roleOf(subject, station));
const CUT_UNFRAMED = 'no range: no length, cut';
/** A proxy hands an answer on that ends with its connection as one that is whole: it comes with an end, but too early. */
const framed = (cell: Cell): Cell =>
  cell.row.name === CUT_UNFRAMED ? { ...cell, row: { ...cell.row, nature: 'final' } } : cell;
const PLANS = {
  'http:': cover(
    cells.filter(({ subject, row }) => subject.kind !== 'process' || row.name !== CUT_UNFRAMED).map(framed),
    ({ subject }) => `${subject.centre} ${subject.kind}`,
    (cell) => `${cell.subject.centre} ${roleIn(cell)}`,
    kindOf,
    ({ subject, row }) => (row.name.startsWith('redirect to another host') ? subject.centre : ''),
  ),
  'https:': cover(
    tunnelled,
    ({ subject }) => subject.centre,
    roleIn,
    ({ row }) => row.fault('').kind,
  ),
};

interface Running {
  readonly outcomes: ReadonlyMap<Subject, Promise<string[]>>;
  readonly way: Way;
  readonly other: Awaited<ReturnType<typeof stranger>>;
}
beforeAll(() => {
  // Nobody vouches for the certificate; who is trusted is tested in test/server/core/authorities.test.ts.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
});
afterAll(() => {
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
});

describe.each(SCHEMES)('through a proxy, %s', (scheme) => {
  const plan = PLANS[scheme];
  const subjects = slice.filter((one) => plan.some(({ subject }) => subject === one));
  let running: Running | undefined;
  beforeAll(async () => {
    const [way, other] = [await wayThroughProxy(scheme), await stranger()];
    console.log(`fault matrix through a proxy, ${scheme} ${plan.length} cells`);
    running = { outcomes: runCells(plan, way.named(other.origin, 'other'), way), way, other };
  });

  it.each(subjects)('$name ends under every fault as it does without one', { timeout: 240_000 }, async (subject) => {
    expect(await running?.outcomes.get(subject)).toEqual([]);
  });

  it('every request went there, and no other host was told a credential or a cookie', () => {
    const lines = running?.way.proxy.seen ?? [];
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.startsWith('CONNECT ') !== (scheme === 'https:'))).toEqual([]);
    const told = running?.other.requests ?? [];
    expect(told.length).toBeGreaterThan(0);
    for (const { headers } of told)
      expect(Object.keys(headers).filter((name) => /auth|cookie|key|token|csrf/u.test(name))).toEqual([]);
  });
});

/** A call with its files, reached through a proxy of its own. */
async function staged(subject: Subject, scheme: (typeof SCHEMES)[number]): Promise<{ made: Scene; way: Way }> {
  const way = await wayThroughProxy(scheme);
  const made = await scene(subject, way);
  cleanUp(made.end);
  return { made, way };
}

const NEVER = { ...CALM, timeoutMs: 60_000, idleTimeoutMs: 60_000 };
const STALLS = [
  { when: 'before the headers', fault: { kind: 'stall' } },
  { when: 'in the body', fault: { kind: 'stall', afterBytes: 700 } },
] as const;
const ABORTS = cover(
  slice
    // What a process does, the calls do that it is made of.
    .filter(({ kind }) => kind !== 'process')
    .flatMap((subject) =>
      STALLS.filter(
        // Of what is sent or compared no body comes that could be waited for.
        ({ when }) => when === 'before the headers' || subject.kind === 'download' || subject.kind === 'open',
      ).flatMap((stall) => SCHEMES.map((scheme) => ({ name: subject.name, ...stall, scheme, subject }))),
    ),
  ({ subject }) => subject.centre,
  ({ subject }) => subject.kind,
  ({ when, scheme }) => `${when} ${scheme}`,
);

it.each(ABORTS)('an abort of $name $when, $scheme ends with the reason, and no connection is left', async (cell) => {
  const { subject, scheme, fault } = cell;
  const { made, way } = await staged(subject, scheme);
  const control = new AbortController();
  const reason = { any: 'reason' };
  made.faults.add({ route: subject.stations[subject.carrier] ?? /^/u, times: Infinity, fault });
  const outcome = rejection(subject.run(made.site, made.at, { ...NEVER, signal: control.signal }));
  await until(() => made.faults.fired > 0);
  control.abort(reason);
  expect(await outcome).toBe(reason);
  await until(() => way.proxy.sockets.size === 0);
  expect(getEventListeners(control.signal, 'abort')).toEqual([]);
  const files = [...(await filesBelow(made.at)).keys()];
  expect(files.filter((name) => !/\.part(?:\.json)?$/u.test(name) && !made.truth.has(name))).toEqual([]);
});

const KILLS = cover(
  slice
    .filter((subject) => (bringsFiles(subject) && subject.sends?.once !== false) || subject.kind === 'upload')
    .flatMap((subject) => SCHEMES.map((scheme) => ({ name: subject.name, scheme, subject }))),
  ({ scheme, subject }) => `${scheme} ${subject.kind === 'upload'}`,
);

it.skipIf(process.platform === 'win32').each(KILLS)(
  'kill -9 in the middle of $name, $scheme leaves the next process the right file',
  async ({ subject, scheme }) => {
    await expectSurvivesKill(subject, (await staged(subject, scheme)).made);
  },
);
