import type { RequestListener } from 'node:http';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TransferError } from '../../../src/errors.js';
import { HmiClient } from '../../../src/hmi/index.js';
import { ImapClient } from '../../../src/imap/index.js';
import { SCC } from '../../../src/scc/index.js';
import { ScopsClient } from '../../../src/scops/index.js';
import type { DownloadedFile, DownloadOptions } from '../../../src/types.js';
import { rejection } from '../../support/rejection.js';
import { serve, type ScriptedServer } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';
import { bodyOf, file, namesIn, sha256 } from './harness.js';

const body = Buffer.concat([
  Buffer.from(
    ['SIMPLE  =                    T', 'BITPIX  = 8', 'NAXIS   = 1', 'NAXIS1  = 28800', 'END']
      .map((card) => card.padEnd(80))
      .join('')
      .padEnd(2880),
  ),
  bodyOf(28_800),
]);
const right = sha256(body);
const wrong = sha256(bodyOf(10));
const NAME = 'imap_mag_l1a_norm-mago_20260105_v001.0001.cdf';

let server: ScriptedServer;
let dir: string;
const ends: (() => Promise<void>)[] = [];
beforeEach(async () => {
  server = await serve(file(body));
  dir = tempDir();
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

interface Call {
  readonly name: string;
  /** Where the call puts the file. */
  readonly file: string;
  readonly run: (options: DownloadOptions) => Promise<DownloadedFile>;
}

const site = () => ({ baseUrl: server.url, retries: 0 });
function imap(): ImapClient {
  const client = new ImapClient({ ...site(), dataDir: dir, webpodaToken: 'bWU6aXQ=' });
  ends.push(() => client.close());
  return client;
}
function hmi(): HmiClient {
  const client = new HmiClient(site());
  ends.push(() => client.close());
  return client;
}
const login = { httpAuthUser: 'a', httpAuthPassword: 'b', username: 'c', password: 'd' };
function scc(): SCC {
  const client = new SCC(login, { ...site(), keepAlive: false });
  ends.push(() => client.close());
  return client;
}
function scops(): ScopsClient {
  const client = new ScopsClient({ ...site(), project: 'a', password: 'b' });
  ends.push(() => client.close());
  return client;
}

const CALLS: readonly Call[] = [
  {
    name: 'imap.download',
    file: NAME,
    run: (options) => imap().download(NAME, { ...options, directory: dir }),
  },
  {
    name: 'hmi.downloadFile',
    file: 'a.fits',
    run: (options) => hmi().downloadFile(`${server.url}HMI/a.fits`, dir, { ...options, fileName: () => 'a.fits' }),
  },
  {
    name: 'scc.downloadFile',
    file: 'data.bin',
    run: (options) => scc().downloadFile('media/data.bin', pathToFileURL(join(dir, 'data.bin')), options),
  },
];

/** The pages of the SCC's login; the file for all else. */
const answer: RequestListener = (request, response) => {
  if (request.url?.includes('/accounts/login') === true) {
    response.writeHead(request.method === 'POST' ? 302 : 200, {
      'content-type': 'text/html',
      'set-cookie': ['csrftoken=a; Path=/', 'sessionid=b; Path=/'],
      location: '/',
    });
    response.end(
      '<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="a"><input name="username"><input type="password" name="password"></form>',
    );
  } else file(body)(request, response);
};

describe.each(CALLS)('$name with a digest', ({ name, file: fileName, run }) => {
  const target = () => join(dir, fileName);
  const files = () => server.requests.filter(({ url }) => !url.includes('login'));
  beforeEach(() => server.script(answer));

  it('brings the file that has it, written in either case', async () => {
    expect(await run({ sha256: right.toUpperCase() })).toMatchObject({ status: 'downloaded', sha256: right });
  });

  it('refuses another file, for good, and leaves nothing', async () => {
    const error = await rejection(run({ sha256: wrong }));
    expect(error).toBeInstanceOf(TransferError);
    expect(error).toMatchObject({ operation: name, retryable: false, expected: wrong, actual: right });
    expect(namesIn(dir)).toEqual([]);
  });

  it.each(['skip', 'update'] as const)('keeps a file that has it without a request (%s)', async (overwrite) => {
    writeFileSync(target(), body);
    expect(await run({ overwrite, sha256: right })).toMatchObject({ status: 'skipped', path: target() });
    expect(files()).toEqual([]);
  });

  it.each(['skip', 'update'] as const)('replaces a file that has another (%s)', async (overwrite) => {
    writeFileSync(target(), bodyOf(body.length, 3));
    expect(await run({ overwrite, sha256: right })).toMatchObject({ status: 'updated', sha256: right });
    expect(readFileSync(target()).equals(body)).toBe(true);
  });

  it('leaves the older file where the new one is not the wanted', async () => {
    const old = bodyOf(1000, 3);
    writeFileSync(target(), old);
    const { ino } = statSync(target());
    expect(await rejection(run({ overwrite: 'replace', sha256: wrong }))).toBeInstanceOf(TransferError);
    expect(readFileSync(target()).equals(old)).toBe(true);
    expect(statSync(target()).ino).toBe(ino);
    expect(namesIn(dir)).toEqual([fileName]);
  });

  it.each(['', right.slice(1), `${right}0`, right.replace(/^./u, 'g'), `sha256:${right}`, ` ${right}`])(
    'asks nothing for what is no digest (%j)',
    async (digest) => {
      expect(await rejection(run({ sha256: digest }))).toMatchObject({
        name: 'TypeError',
        message: `${name}: sha256 must be a SHA-256 digest of 64 hexadecimal digits, got a string`,
      });
      expect(server.requests).toEqual([]);
    },
  );
});

it.each([
  ['imap.downloadAll', () => imap().downloadAll([NAME], { sha256: right }).toArray()],
  ['imap.verify', () => imap().verify(NAME, { sha256: right })],
  [
    'imap.downloadDailyPackets',
    () => {
      const query = { instrument: 'swapi', startTime: '2026-01-05', endTime: '2026-01-06' };
      return imap().downloadDailyPackets(query, { sha256: right }).toArray();
    },
  ],
  ['hmi.download', () => hmi().download([], dir, { sha256: right }).toArray()],
  ['scc.downloadProducts', () => scc().downloadProducts('20210630aky0900', dir, { sha256: right }).toArray()],
  ['scops.download', () => scops().download('a', dir, { sha256: right }).toArray()],
])('%s, which may bring several files, refuses it', async (name, run) => {
  const error = await rejection((async () => run())());
  expect(error).toBeInstanceOf(TypeError);
  expect(error).toMatchObject({ message: expect.stringContaining(`${name}: sha256 is the digest of a single file`) });
  expect(server.requests).toEqual([]);
});
