import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSdcError } from '../../../src/errors.js';
import type { SCC } from '../../../src/scc/index.js';
import type { Fault } from '../../../src/testing/kit/types.js';
import type { SccSimulator } from '../../../src/testing/scc/options.js';
import { useShortBackOff } from '../../support/back-off.js';
import { cover, isFull } from '../../support/full.js';
import { tempDir } from '../../support/temp-dir.js';
import { filesOf, ID, RAW, service, SOUNDING } from './kit.js';

useShortBackOff();

const DONE = '20210630aky0900';
const done = { upload: 127, hirelpp: 127, cloudmask: 127, elpp: 127, elda: 127, elic: 127, elquick: 127 } as const;
const june = { dateStart: '2021-06-01', dateEnd: '2021-07-01' } as const;
const small = {
  pageSize: 2,
  apiPageSize: 2,
  data: {
    replace: true,
    measurements: [
      { id: '20210628aky0900', statuses: done },
      { id: '20210629aky0900', statuses: done },
      { id: DONE, statuses: done },
    ],
    lidarConstants: [
      {
        measurementId: DONE,
        station: 'aky',
        channelId: '493',
        systemId: '437',
        productId: '2051',
        detectionWavelength: '532.0',
        lidarConstant: '3.4e+13',
        lidarConstantStatErr: '5.0e+11',
        profileStartTime: new Date('2021-06-30T09:00:00Z'),
        profileEndTime: new Date('2021-06-30T10:00:00Z'),
        calibrationWindowBottom: '1800.0',
        calibrationWindowTop: '2600.0',
        creationDate: new Date('2021-06-30T12:00:00Z'),
        eldaVersion: '5.2.7',
      },
    ],
    ancillaries: [{ kind: 'sounding', filename: 'rs_a.nc', status: 'available' }],
  },
} as const;

interface Subject {
  /** What a user asks for; the result can be compared. */
  readonly run: (scc: SCC, at: string, deadlineMs: number) => Promise<unknown>;
  /** What must be so on the server when it said that it worked. */
  readonly proof?: (sim: SccSimulator) => boolean;
  /** Whether it asks only, so that a passing fault is repaired by asking again. */
  readonly reads?: boolean;
}

const digest = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
const quick = { pollIntervalMs: 1, appearMs: 500 } as const;
/** Time for a slow machine; only a fault that outlasts it uses it up. */
const DEADLINE_MS = 30_000;

const SUBJECTS: Readonly<Record<string, Subject>> = {
  login: { run: (scc) => scc.login(), proof: (sim) => sim.sessionCount === 1 },
  logout: {
    run: async (scc) => {
      await scc.login();
      await scc.logout();
    },
    proof: (sim) => sim.sessionCount === 0,
  },
  getMeasurement: { run: (scc) => scc.getMeasurement(DONE), reads: true },
  listMeasurements: { run: (scc) => scc.listMeasurements({ idStartsWith: '2021' }).toArray(), reads: true },
  queryMeasurements: { run: (scc) => scc.queryMeasurements({ ...june, station: 'aky' }).toArray(), reads: true },
  getLidarConstants: { run: (scc) => scc.getLidarConstants(june).toArray(), reads: true },
  nextMeasurementId: { run: (scc) => scc.nextMeasurementId('2021-06-30', 'aky'), reads: true },
  getAncillary: { run: (scc) => scc.getAncillary('rs_a.nc', 'sounding'), reads: true },
  waitForProcessing: {
    run: (scc, _at, deadlineMs) => scc.waitForProcessing(DONE, { ...quick, deadlineMs }),
    reads: true,
  },
  uploadFile: {
    run: async (scc) => {
      const limits = { uploadTimeoutMs: 2_000, settleMs: 500 };
      return (await scc.uploadFile(RAW, 437, { soundingFile: SOUNDING, ...limits })).measurementId;
    },
    proof: (sim) => sim.measurement(ID) !== undefined,
  },
  deleteMeasurement: { run: (scc) => scc.deleteMeasurement(DONE), proof: (sim) => sim.measurement(DONE) === undefined },
  rerunAll: { run: (scc) => scc.rerunProcessing(DONE), proof: (sim) => sim.measurement(DONE)?.run !== undefined },
  rerunElpp: {
    run: (scc) => scc.rerunProcessing(DONE, { from: 'elpp' }),
    proof: (sim) => sim.measurement(DONE)?.run !== undefined,
  },
  downloadProducts: {
    run: async (scc, at) => {
      const files = await scc.downloadProducts(DONE, at, { concurrency: 1, extract: true }).toArray();
      return Promise.all(files.map(async ({ path, source }) => `${source} ${await digest(path)}`));
    },
    reads: true,
  },
  openProduct: {
    run: async (scc) => {
      const { stream } = await scc.openProduct(DONE, 'elpp');
      const body = new Uint8Array(await new Response(stream).arrayBuffer());
      return createHash('sha256').update(body).digest('hex');
    },
  },
  downloadFile: {
    run: async (scc, at) => {
      const { path } = await scc.downloadFile(`data_processing/measurements/${DONE}/download-elic/`, join(at, 'f.zip'));
      return digest(path);
    },
    reads: true,
  },
};

const FAULTS: Readonly<Record<string, Fault>> = {
  'a dropped answer': { kind: 'drop', afterBytes: 0 },
  'an answer dropped after 60 bytes': { kind: 'drop', afterBytes: 60 },
  'silence before the headers': { kind: 'stall' },
  'silence in the body': { kind: 'stall', afterBytes: 20 },
  'a reset before the request is read': { kind: 'reset' },
  'a reset in the body': { kind: 'reset', afterBytes: 20 },
  'a 500': { kind: 'status', status: 500 },
  'a 503 in words': { kind: 'html', status: 503 },
  'a 429 for three days': { kind: 'status', status: 429, retryAfter: 3 * 86_400 },
  'a 503 until a date in two days': {
    kind: 'status',
    status: 503,
    retryAfter: new Date(Date.now() + 2 * 86_400_000).toUTCString(),
  },
  'a page of maintenance with 200': { kind: 'html' },
  'an empty 200': { kind: 'status', status: 200 },
  'a 403 without words': { kind: 'status', status: 403 },
  'a redirect loop': { kind: 'redirect-loop' },
  'a redirect to another host': { kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere/' },
  'a redirect to nowhere': { kind: 'redirect', location: 'http://[' },
  'a length that is too large': { kind: 'length', delta: 7 },
  'a length that is too small': { kind: 'length', delta: -7 },
  'a body in gzip': { kind: 'gzip' },
  'a slow body': { kind: 'slow', bytesPerSecond: 400_000 },
};
/** These change nothing of the answer. */
const HARMLESS = ['a body in gzip', 'a slow body'];
/** These are gone at the next attempt. */
const PASSING = [
  'a dropped answer',
  'an answer dropped after 60 bytes',
  'silence before the headers',
  'silence in the body',
  'a reset before the request is read',
  'a reset in the body',
  'a 500',
  'a 503 in words',
];

/** Runs a subject with a fault at one of its requests; `undefined` when it makes fewer. */
async function strike(
  subject: Subject,
  fault: Fault,
  skip: number,
  retries: number,
): Promise<{ error?: unknown; result?: unknown; sim: SccSimulator; at: string } | undefined> {
  // Only silence is waited for; where the call must survive it, a slow machine has time for the other requests.
  const ms = retries > 0 ? 4_000 : 250;
  const { sim, scc } = await service(small, {
    retries,
    ...(fault.kind === 'stall' && { timeoutMs: ms, idleTimeoutMs: ms }),
  });
  const at = tempDir();
  sim.faults.add({ route: '*', skip, fault });
  // What is refused for days is waited for until the deadline.
  const lasts = fault.kind === 'status' && fault.retryAfter !== undefined;
  const work = subject.run(scc, at, lasts ? 1_000 : DEADLINE_MS).then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  );
  const outcome = await Promise.race([work, new Promise<'hangs'>((resolve) => setTimeout(resolve, 60_000, 'hangs'))]);
  if (outcome === 'hangs') throw new Error(`it hangs at request ${skip + 1}`);
  return sim.faults.fired === 0 ? undefined : { ...outcome, sim, at };
}

/**
 * The right result, and what comes of a fault at each of the requests that it takes; unless everything is tested, those of the
 * login are struck in the call of that name only.
 */
async function strikeEach(
  subject: Subject,
  fault: Fault,
  retries: number,
): Promise<{ right: unknown; struck: (NonNullable<Awaited<ReturnType<typeof strike>>> & { request: string })[] }> {
  const { sim, scc } = await service(small);
  const spared = isFull || subject === SUBJECTS.login ? 0 : await loginRequests();
  const right = await subject.run(scc, tempDir(), DEADLINE_MS);
  const skips = sim.requests.map((_request, skip) => skip).slice(spared);
  const all = await Promise.all(
    skips.map(async (skip) => {
      const struck = await strike(subject, fault, skip, retries);
      return struck === undefined ? [] : [{ ...struck, request: `request ${skip + 1}` }];
    }),
  );
  return { right, struck: all.flat() };
}

async function loginRequests(): Promise<number> {
  const { sim, scc } = await service(small);
  await scc.login();
  return sim.requests.length;
}

/** Each subject with each fault of a list. */
const pairs = (subjects: readonly (readonly [string, Subject])[], faults: readonly string[]) =>
  cover(
    subjects.flatMap(([call, subject]) => faults.map((name) => ({ call, subject, name }))),
    ({ call }) => call,
    ({ name }) => name,
  );
const CALLS = Object.entries(SUBJECTS);

describe.each(CALLS)('%s', (own) => {
  it.each(pairs(CALLS, Object.keys(FAULTS)).filter(({ call }) => call === own))(
    'with $name at each of its requests gives the right result or a typed error, in time',
    { timeout: 120_000 },
    async ({ subject, name }) => {
      const fault = FAULTS[name]!;
      const { right, struck } = await strikeEach(subject, fault, 0);
      for (const { error, result, sim, at, request } of struck) {
        const where = `${request}: ${sim.requests.map((one) => `${one.method} ${one.path}`).join(', ')}`;
        if (error === undefined) {
          // Without a word there is no such file, so it would be sent: the safe side.
          if (result !== undefined || name !== 'an empty 200') expect(result, where).toEqual(right);
          expect(subject.proof?.(sim) ?? true, where).toBe(true);
        } else {
          expect(HARMLESS, where).not.toContain(name);
          expect(isSdcError(error) ? error.message : error, where).toMatch(/^scc\.\w+: /u);
        }
        const posts = sim.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/quick/'));
        expect(posts.length, where).toBeLessThanOrEqual(1);
        const left = (await filesOf(at)).filter((file) => !/\.(?:zip|nc|png|txt|part|part\.json)$/u.test(file));
        expect(left, where).toEqual([]);
      }
    },
  );
});

const READING = CALLS.filter(([, { reads }]) => reads === true);

describe.each(READING)('%s', (own) => {
  it.each(pairs(READING, PASSING).filter(({ call }) => call === own))(
    'survives $name at each of its requests (pitfall 21)',
    { timeout: 120_000 },
    async ({ subject, name }) => {
      const { right, struck } = await strikeEach(subject, FAULTS[name]!, 2);
      for (const { error, result, sim, request } of struck) {
        const last = sim.requests.find(({ method }) => method === 'POST');
        // The login's own POST is not repeated.
        if (error !== undefined && sim.requests.at(-1) === last) continue;
        expect(error, request).toBeUndefined();
        expect(result).toEqual(right);
      }
    },
  );
});
