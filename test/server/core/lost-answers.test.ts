import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isSdcError, type SdcError } from '../../../src/errors.js';
import { ImapClient } from '../../../src/imap/index.js';
import { SCC } from '../../../src/scc/index.js';
import { ScopsClient } from '../../../src/scops/index.js';
import { simulateImap, simulateScc, simulateScops } from '../../../src/testing/index.js';
import { cover } from '../../support/full.js';
import { RAW } from '../scc/kit.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { listen, serve, UNTRUSTED, start } from '../../support/server.js';
import { answer, between, type Fate } from './lost-answers-kit.js';

/** A call that changes something: how it is made, and which of its requests does it. */
interface Changing {
  readonly changing: RegExp;
  /** The request before it, where there is one. */
  readonly before?: RegExp;
  /** Repeating it does no harm. */
  readonly repeatable?: true;
  readonly centre: () => Promise<{ readonly url: string; readonly call: (baseUrl: string) => Promise<unknown> }>;
}

// Only silence is waited for; the requests before it must be answered within them, on a slow machine too.
const LIMITS = { retries: 0, timeoutMs: 4000, idleTimeoutMs: 4000 };
/** The answer to an upload is waited for, and a lost one looked for, a moment only. */
const UPLOAD = { uploadTimeoutMs: 4000, settleMs: 1 };
const CONFIG = 'GB13_08_2014_217_20180307152824';

function scc(use: (client: SCC) => Promise<unknown>): Changing['centre'] {
  return async () => {
    const sim = simulateScc();
    const server = await start(sim);
    return {
      url: server.url,
      call: async (baseUrl) => {
        const client = new SCC(sim.credentials, { baseUrl, ...LIMITS });
        onTestFinished(() => client.close());
        return use(client);
      },
    };
  };
}

function imap(use: (client: ImapClient, at: string) => Promise<unknown>): Changing['centre'] {
  return async () => {
    const sim = simulateImap();
    const server = await start(sim);
    const at = tempDir();
    return {
      url: server.url,
      call: (baseUrl) => use(new ImapClient({ ...sim.credentials, baseUrl, dataDir: at, ...LIMITS }), at),
    };
  };
}

function scops(use: (client: ScopsClient, sent: string) => Promise<unknown>): Changing['centre'] {
  return async () => {
    const sim = simulateScops();
    const server = await start(sim);
    const options = { ...sim.credentials, confirmSpacingMs: 0, ...LIMITS };
    // Sent directly, so that there is something to confirm.
    const { configName } = await new ScopsClient({ ...options, baseUrl: server.url }).submit({
      ...ORDER,
      bandMath: true,
    });
    return { url: server.url, call: (baseUrl) => use(new ScopsClient({ ...options, baseUrl }), configName) };
  };
}

/** An order whose elevations do not cover its flight. */
function demError(): Changing['centre'] {
  return async () => {
    const sim = simulateScops({ demCovers: false });
    const server = await start(sim);
    const options = { ...sim.credentials, confirmSpacingMs: 0, ...LIMITS };
    const at = tempDir();
    const dem = { file: join(at, 'area.dem'), header: join(at, 'area.hdr') };
    await writeFile(dem.file, 'elevated');
    const map = 'map info = {Geographic Lat/Lon, 1, 1, -4.3, 50.4, 0.2, 0.1, WGS-84}';
    const shape = 'samples = 2\nlines = 2\nbands = 1\ninterleave = bil\ndata type = 2';
    await writeFile(dem.header, `ENVI\n${shape}\n${map}\n`);
    const client = new ScopsClient({ ...options, baseUrl: server.url });
    const { configName } = await client.submit({ ...ORDER, dem });
    await client.confirm(configName);
    sim.clock.advance(3 * 60_000);
    const id = sim.processingIds[0] ?? '';
    return {
      url: server.url,
      call: (baseUrl) => new ScopsClient({ ...options, baseUrl }).reuploadDem(id, dem),
    };
  };
}

const ORDER = { flight: { year: 2014, day: 217 }, lines: [{ name: 'f21701' }], email: 'me@institute.org' };
const CALLS: Readonly<Record<string, Changing>> = {
  'scc.uploadFile': {
    changing: /^POST \S*quick/u,
    before: /^GET \S*quick/u,
    centre: scc((client) => client.uploadFile(RAW, 437, UPLOAD)),
  },
  'scc.uploadFiles': {
    changing: /^POST \S*quick/u,
    before: /^GET \S*quick/u,
    centre: scc(async (client) => {
      for await (const one of client.uploadFiles([{ file: RAW, systemId: 437 }], UPLOAD))
        if (one.status === 'failed') throw one.error;
    }),
  },
  'scc.processFile': {
    changing: /^POST \S*quick/u,
    before: /^GET \S*quick/u,
    centre: scc(async (client) => client.processFile(RAW, 437, tempDir(), UPLOAD)),
  },
  'scc.deleteMeasurement': {
    changing: /^POST \S*delete/u,
    before: /^GET \S*delete/u,
    centre: scc((client) => client.deleteMeasurement('20210615po01')),
  },
  'scc.rerunProcessing': {
    changing: /^POST \S*admin\/database\/measurements\//u,
    before: /^GET \S*admin\/database\/measurements\//u,
    centre: scc((client) => client.rerunProcessing('20210615po01')),
  },
  'scc.rerunProcessing from elpp': {
    changing: /^GET \S*(?:rerun|elpp)/u,
    centre: scc((client) => client.rerunProcessing('20210615po01', { from: 'elpp' })),
  },
  'imap.reprocess': {
    changing: /^POST /u,
    centre: imap((client) => client.reprocess({ startDate: '20260101', endDate: '20260102', instrument: 'mag' })),
  },
  'imap.release': {
    changing: /^GET \S*\/release\?/u,
    before: /^GET \S*\/query/u,
    centre: imap(async (client, at) => {
      const manifestFile = join(at, 'imap_hit_data-release-001_20260101_20260131_v001.txt');
      await writeFile(manifestFile, 'imap_hit_l2_macropixel-intensity_20260110_v001.0002.cdf\n');
      return client.release({ releaseType: 'release', manifestFile }, { pollIntervalMs: 1 });
    }),
  },
  'scops.process': {
    changing: /^POST /u,
    before: /^GET /u,
    centre: scops(async (client) => client.process(ORDER, tempDir(), { pollIntervalMs: 1 })),
  },
  'scops.reuploadDem': { changing: /^POST /u, before: /^GET /u, centre: demError() },
  'scops.submit': {
    changing: /^POST /u,
    before: /^GET /u,
    centre: scops((client) => client.submit(ORDER)),
  },
  'scops.confirm': {
    changing: /^GET \S*confirm/u,
    before: /^GET \S*bandratio/u,
    repeatable: true,
    centre: scops((client, sent) => client.confirm(sent)),
  },
  'scops.submitBandMath': {
    changing: /^POST /u,
    before: /^GET \S*bandratio/u,
    centre: scops((client, sent) => client.submitBandMath(sent, { equations: { ratio: 'band10 / band4' } })),
  },
};

const MAYBE: Readonly<Record<string, Fate>> = {
  'is reset before it is read': { kind: 'reset-unread' },
  'is reset after it was read': { kind: 'reset-read' },
  'is never answered': { kind: 'silent' },
  'is answered by half a head': { kind: 'answer', bytes: 'HTTP/1.1 200 O' },
  'is answered by half a body': answer('200 OK', '<html>', 500),
  'is answered by what is not HTTP': { kind: 'answer', bytes: 'hello\r\n\r\n' },
  'is answered by another page': answer('200 OK', '<html><p>welcome</p></html>'),
  'is answered by 500': answer('500 Internal Server Error', 'broken'),
  'is answered by 503': answer('503 Service Unavailable', 'later'),
  'is answered by a redirect to nowhere': answer('302 Found'),
};
const NO: Readonly<Record<string, Fate>> = {
  'is answered by 400': answer('400 Bad Request', 'no'),
  'is answered by 404': answer('404 Not Found', 'no'),
  'is answered by 429': answer('429 Too Many Requests', 'no'),
};

async function failure(call: Promise<unknown>): Promise<SdcError> {
  const error = await rejection(call);
  if (isSdcError(error)) return error;
  throw error;
}

/** The fates of a list that a call meets: all of them, or one that no other call meets so often. */
function fatesOf(call: string, fates: Readonly<Record<string, Fate>>): (readonly [string, Fate])[] {
  const all = Object.keys(CALLS).flatMap((name) => Object.entries(fates).map(([what, fate]) => ({ name, what, fate })));
  const met = cover(
    all,
    ({ name }) => name,
    ({ what }) => what,
  );
  return met.filter(({ name }) => name === call).map(({ what, fate }) => [what, fate]);
}

describe.each(Object.entries(CALLS))('%s', (name, { changing, before, repeatable, centre }) => {
  const meet = async (fate: Fate): Promise<{ error: SdcError; sent: number }> => {
    const { url, call } = await centre();
    const { url: baseUrl, seen } = await between(url, changing, before, fate);
    const error = await failure(call(baseUrl));
    return { error, sent: seen.filter((line) => changing.test(line)).length };
  };

  it.each(fatesOf(name, MAYBE))('whose request %s may have taken effect', async (_, fate) => {
    const { error, sent } = await meet(fate);
    expect(sent).toBe(1);
    expect(error.operation).toBe(name.split(' ')[0]);
    expect({ message: error.message, delivered: error.delivered }).toMatchObject({ delivered: 'maybe' });
    if (repeatable !== true) expect(error.retryable).toBe(false);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ delivered: 'maybe' });
  });

  it.each(fatesOf(name, NO))('whose request %s took no effect', async (_, fate) => {
    expect((await meet(fate)).error).toMatchObject({ delivered: 'no' });
  });

  it('whose request finds nobody who listens took no effect', async () => {
    if (before === undefined) return;
    const { error, sent } = await meet({ kind: 'refused' });
    expect(sent).toBe(0);
    expect(error).toMatchObject({ code: 'network', delivered: 'no', retryable: true });
  });

  it.each([
    ['a closed port', 'http://127.0.0.1:1/', true],
    ['a name that nobody has', 'https://sdc.invalid/', true],
  ])('to %s took no effect', async (_, baseUrl, retryable) => {
    const { call } = await centre();
    expect(await failure(call(baseUrl))).toMatchObject({ code: 'network', delivered: 'no', retryable });
  });

  it('to a site whose certificate is not trusted is made once, and took no effect', async () => {
    let connections = 0;
    const server = createServer(UNTRUSTED, (_request, response) => response.end());
    server.on('connection', () => (connections += 1));
    const { host } = await listen(server);
    const { call } = await centre();
    const error = await failure(call(`https://${host}/`));
    expect(error).toMatchObject({ code: 'network', delivered: 'no', retryable: false });
    expect(error.message).toMatch(/certificate/u);
    expect(connections).toBe(1);
  });
});

describe('imap.upload', () => {
  /** A storage and a Science Data Center on one server; the storage answers as the fate says. */
  const upload = async (fate: Fate, existing?: 'accept-identical'): Promise<SdcError> => {
    const { url } = await serve((_request, response) => response.end(JSON.stringify(`${storage}put`)));
    const storage =
      fate.kind === 'refused' ? 'http://127.0.0.1:1/' : (await between(url, /^PUT /u, undefined, fate)).url;
    const at = tempDir();
    const path = join(at, 'imap_swe_l1a_sci_20260201_v001.0001.cdf');
    await writeFile(path, 'the bytes');
    const client = new ImapClient({ baseUrl: url, apiKey: 'some-key-of-mine', dataDir: at, ...LIMITS });
    return failure(client.upload(path, existing === undefined ? {} : { existing }));
  };

  it.each(Object.entries(MAYBE).filter(([name]) => !/another page|half a body/u.test(name)))(
    'whose file %s may have been taken',
    async (_, fate) => {
      expect(await upload(fate)).toMatchObject({ operation: 'imap.upload', delivered: 'maybe', retryable: false });
    },
  );

  it('may be repeated where an identical file is accepted', async () => {
    expect(await upload({ kind: 'reset-read' }, 'accept-identical')).toMatchObject({
      delivered: 'maybe',
      retryable: true,
    });
  });

  it.each([...Object.entries(NO), ['finds nobody who listens', { kind: 'refused' }] as const])(
    'whose file %s was not taken',
    async (_, fate) => {
      expect(await upload(fate)).toMatchObject({ delivered: 'no' });
    },
  );
});

it('a call that reads carries no such word', async () => {
  const error = await failure(
    new ScopsClient({ baseUrl: 'http://127.0.0.1:1/', project: 'GB13_08', password: 'x', retries: 0 }).orderExists(
      CONFIG,
    ),
  );
  expect('delivered' in error).toBe(false);
});
