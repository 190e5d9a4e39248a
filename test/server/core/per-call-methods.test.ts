import { copyFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HmiClient } from '../../../src/hmi/index.js';
import { ImapClient } from '../../../src/imap/index.js';
import { SCC as SccClient } from '../../../src/scc/index.js';
import { ScopsClient } from '../../../src/scops/index.js';
import { simulateScc } from '../../../src/testing/index.js';
import type { ClientOptions } from '../../../src/types.js';
import { goodOf, isShape, type Argument } from '../../contract/core/arguments/kinds.js';
import { HMI, IMAP, SCC, SCOPS } from '../../contract/core/arguments/methods.js';
import { useShortBackOff } from '../../support/back-off.js';
import { cleanUp } from '../../support/clean-up.js';
import { exampleFile } from '../../support/example-file.js';
import { published } from '../../support/published.js';
import { errorIfAny } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';

useShortBackOff();

const BASE = 'http://127.0.0.1:9/';
const sim = simulateScc();

interface Room {
  readonly make: (options: ClientOptions) => AsyncDisposable;
  /** Every public method; test/contract/core/arguments compares the list with the class. */
  readonly methods: Readonly<Record<string, readonly Argument[]>>;
}
const ROOMS: Readonly<Record<string, Room>> = {
  scc: { make: (options) => new SccClient(sim.credentials, { ...options, baseUrl: sim.baseUrl }), methods: SCC },
  imap: {
    make: (options) =>
      new ImapClient({ ...options, baseUrl: BASE, apiKey: 'k', webpodaToken: 'dTpw', webpodaUrl: `${BASE}packets/` }),
    methods: IMAP,
  },
  hmi: { make: (options) => new HmiClient({ ...options, baseUrl: BASE }), methods: HMI },
  scops: {
    make: (options) =>
      new ScopsClient({ ...options, baseUrl: BASE, project: 'GB13_08', password: 'some-word', confirmSpacingMs: 0 }),
    methods: SCOPS,
  },
};

/** What must be there for a request to be made. */
const NEEDED: Readonly<Record<string, () => unknown>> = {
  '/no/such.nc': () => exampleFile('20210601aky0930.nc'),
  '/no/imap_mag_x_20260105_v001.txt': () => written('imap_mag_data-release-001_20260101_20260131_v001.txt', 'a.cdf\n'),
  '/no/imap_mag_l1a_norm-mago_20260105_v001.0001.cdf': () =>
    written('imap_mag_l1a_norm-mago_20260105_v001.0001.cdf', 'bytes'),
  '/no/such.csv': () => written('repoint.csv', 'repoint_end_utc,repoint_id\n2026-01-05 00:30:00.000000,42\n'),
  '/no/dem.bil': () => written('a.dem', 'bytes'),
  '/some/file.zip': () => 'data_processing/measurements/1/download-optical/',
  [tmpdir()]: () => tempDir(),
  [`${tmpdir()}/file.zip`]: () => join(tempDir(), 'file.zip'),
};
function written(name: string, text: string): string {
  const path = join(tempDir(), name);
  writeFileSync(path, text);
  return path;
}
function filled(value: unknown): unknown {
  if (typeof value === 'string') return NEEDED[value]?.() ?? value;
  if (Array.isArray(value)) return value.map(filled);
  if (Object.getPrototypeOf(value ?? 0) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, filled(one)]));
}

const RECORD = { url: `${BASE}HMI/s/1/a.fits`, segment: 'magnetogram' };
const HEADER =
  'ENVI\nsamples = 150\nlines = 100\nbands = 1\ninterleave = bil\ndata type = 2\nmap info = {Geographic Lat/Lon, 1, 1, -5, 51, 0.02, 0.02, WGS-84}\n';
/** Arguments with which a method makes a request, where those of the list are right but lead to none. */
const MORE: Readonly<Record<string, (values: unknown[]) => unknown[]>> = {
  'scc.uploadFiles': ([files, options]) => [files, { ...(options as object), systemId: 437 }],
  'scc.station': ([, options]) => {
    const folder = tempDir();
    copyFileSync(exampleFile('20210601aky0930.nc'), join(folder, '20210601aky0930.nc'));
    return [folder, { ...(options as object), systemId: 437, once: true, stableMs: 0 }];
  },
  'hmi.download': ([records, ...rest]) => [[{ ...(records as object[])[0], files: [RECORD] }], ...rest],
  'scops.submitBandMath': ([name, , options]) => [name, { equations: { ndvi: '(band2 - band1) / 2' } }, options],
  'scops.findProcessingId': ([, options]) => [
    { configName: 'GB13_08_2014_217_20180307152824', tag: 'sdc-abcdef12', submittedAt: new Date() },
    options,
  ],
  'scops.open': ([id, , options]) => [id, 'f21701', options],
  'scops.reuploadDem': ([id, , options]) => [
    id,
    { file: written('a.dem', 'x'.repeat(30_000)), header: written('a.hdr', HEADER) },
    options,
  ],
};
/** For methods that ask again and again. */
const SOON: Readonly<Record<string, unknown>> = { pollIntervalMs: 1 };
/** Asked once, whatever the options. */
const ONCE: Readonly<Record<string, string>> = {
  'imap.reprocess': 'it is a GET that changes something',
  'hmi.isAlive': 'it is a quick test, and says so',
};

/** Calls a method and reads what it gives; the error, where it has one. */
async function outcome(client: object, name: string, spec: readonly Argument[], options: object): Promise<unknown> {
  const [, method = ''] = name.split('.');
  const values = spec.map((argument) => filled(goodOf(argument)));
  const last = spec.at(-1);
  const soon = Object.entries(SOON).filter(([one]) => last !== undefined && isShape(last) && one in last.fields);
  values.push({ ...(values.pop() as object), ...Object.fromEntries(soon), ...options });
  const call = Reflect.get(client, method) as (...given: unknown[]) => unknown;
  return errorIfAny(
    (async () => {
      const given = await Reflect.apply(call, client, MORE[name]?.(values) ?? values);
      if (typeof given !== 'object' || given === null) return;
      if (Symbol.asyncIterator in given) for await (const _ of given as AsyncIterable<unknown>);
      if ('stream' in given) for await (const _ of given.stream as ReadableStream<Uint8Array>);
    })(),
  );
}

/** A client whose requests are answered so; those of logins, which have the limits of the client, by the centre. */
function answered(room: Room, options: ClientOptions, answer: () => Response): AsyncDisposable {
  const client = room.make({
    ...options,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      return new URL(request.url).pathname.includes('/accounts/') ? sim.fetch(request) : answer();
    },
  });
  cleanUp(() => client[Symbol.asyncDispose]());
  return client;
}

describe.each(Object.entries(ROOMS))('each method of %s', (room, { methods, ...own }) => {
  const METHODS = Object.entries(methods)
    .filter(([method]) => method !== 'login' && method !== 'logout')
    .map(([method, spec]) => [`${room}.${method}`, spec] as const);

  it.each(METHODS)('%s takes retries for its requests', async (name, spec) => {
    const busy = (): Response => new Response('busy', { status: 503, headers: { 'retry-after': '0' } });
    for (const retries of [0, 2]) {
      const client = answered({ ...own, methods }, { retries: 1 }, busy);
      const control = new AbortController();
      const { requests } = published(({ status, attempt }) => {
        // What waits goes on asking.
        if (status === 503 && attempt === 1 && requests.length > 1 + retries) control.abort('enough');
      });
      await outcome(client, name, spec, { retries, signal: control.signal });
      const attempts = requests.filter(({ status }) => status === 503).map(({ attempt }) => attempt);
      expect([attempts[0], Math.max(...attempts)]).toEqual([1, name in ONCE ? 1 : retries + 1]);
    }
  });

  it.each(METHODS)('%s takes idleTimeoutMs for the answers', async (name, spec) => {
    const control = new AbortController();
    let asked = 0;
    const silent = (): Response => {
      asked += 1;
      // Another request shows that the answer to the first was given up.
      if (asked > 1) control.abort('enough');
      return new Response(new ReadableStream({ start: (body) => body.enqueue(Buffer.from('[')) }));
    };
    const client = answered({ ...own, methods }, { retries: 0, idleTimeoutMs: 1_000_000 }, silent);
    // The limit of the client would let it hang.
    await outcome(client, name, spec, { idleTimeoutMs: 20, signal: control.signal });
    expect(asked).toBeGreaterThan(0);
  });
});
