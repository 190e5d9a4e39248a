import type { ServerResponse } from 'node:http';
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { HmiClient } from '../../../src/hmi/index.js';
import { ImapClient } from '../../../src/imap/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { serve } from '../../support/server.js';

const FILE = 'imap_mag_l1a_norm-mago_20260105_v001.0001.cdf';

describe('retries: N are N + 1 requests for one file', () => {
  const FAULTS: Readonly<Record<string, (response: ServerResponse) => void>> = {
    'no answer in time': () => undefined,
    'an answer of 503': (response) => response.writeHead(503, { connection: 'close' }).end(),
    'a connection that is reset': (response) => response.destroy(),
    'a body that breaks off': (response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('SIMPLE  =', () => response.destroy());
    },
    'a body that goes silent': (response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('SIMPLE  =');
    },
  };

  it.each(Object.entries(FAULTS).flatMap(([name, fault]) => [0, 2].map((retries) => [name, retries, fault] as const)))(
    '%s, %i',
    async (_, retries, fault) => {
      const { url, requests } = await serve((_request, response) => {
        fault(response);
      });
      const hmi = new HmiClient({ baseUrl: url, retries, timeoutMs: 500, idleTimeoutMs: 500 });
      await expect(hmi.downloadFile(`${url}HMI/s/1/a.fits`, tempDir())).rejects.toMatchObject({ centre: 'hmi' });
      expect(requests).toHaveLength(retries + 1);
    },
  );

  it.each([0, 1])('a kept connection that is reset when it is used again, %i', async (retries) => {
    const { url, requests } = await serve((request, response) => {
      if (request.url?.includes('bad') === true) response.destroy();
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    const dir = tempDir();
    const hmi = new HmiClient({ baseUrl: url, retries });
    await expect(hmi.describe()).resolves.toBeDefined();
    await hmi.downloadFile(`${url}HMI/s/1/good.fits`, dir).catch(() => undefined);
    const before = requests.length;
    await expect(hmi.downloadFile(`${url}HMI/s/1/bad.fits`, dir)).rejects.toMatchObject({ code: 'network' });
    expect(requests.slice(before)).toHaveLength(retries + 1);
  });

  it('faults of several kinds are counted together', async () => {
    const kinds = Object.values(FAULTS).slice(1, 4);
    const { url, requests } = await serve((_request, response) => {
      kinds[requests.length % kinds.length]?.(response);
    });
    const hmi = new HmiClient({ baseUrl: url, retries: 3, timeoutMs: 500, idleTimeoutMs: 500 });
    await expect(hmi.downloadFile(`${url}HMI/s/1/a.fits`, tempDir())).rejects.toMatchObject({ centre: 'hmi' });
    expect(requests).toHaveLength(4);
  });

  it('a storage that refuses connections is asked for N + 1 addresses', async () => {
    const { url, requests } = await serve((_request, response) => response.end('"http://127.0.0.1:1/put"'));
    const path = `${tempDir()}/${FILE}`;
    await writeFile(path, 'the bytes');
    const imap = new ImapClient({ baseUrl: url, apiKey: 'some-key-of-mine', retries: 2 });
    await expect(imap.upload(path)).rejects.toMatchObject({ code: 'network', delivered: 'no', retryable: true });
    expect(requests).toHaveLength(3);
  });
});

describe('a redirect of the Science Data Center to a route of its own', () => {
  it.each([301, 302, 303, 307, 308])('(%i) keeps the key', async (status) => {
    const { url, requests } = await serve((request, response) => {
      if (request.url?.includes('moved') !== true)
        return void response.writeHead(status, { location: `/moved${request.url ?? ''}` }).end();
      response.writeHead(404).end('"no such file"');
    });
    const imap = new ImapClient({ baseUrl: url, apiKey: 'some-key-of-mine', dataDir: tempDir(), retries: 0 });
    await expect(imap.download(FILE)).rejects.toMatchObject({ code: 'not-found' });
    await expect(imap.query({ instrument: 'mag' })).rejects.toMatchObject({ code: 'not-found' });
    expect(requests).toHaveLength(4);
    expect(requests.filter(({ headers }) => headers['x-api-key'] !== 'some-key-of-mine')).toEqual([]);
  });

  it('is followed five times at most', async () => {
    const { url, requests } = await serve((request, response) =>
      response.writeHead(302, { location: `${request.url ?? ''}x` }).end(),
    );
    const imap = new ImapClient({ baseUrl: url, apiKey: 'some-key-of-mine', dataDir: tempDir(), retries: 0 });
    await expect(imap.download(FILE)).rejects.toMatchObject({ code: 'unexpected-response' });
    expect(requests).toHaveLength(6);
  });

  it('from another host back to its own brings no key along', async () => {
    const back = { url: '' };
    const other = await serve((_request, response) => response.writeHead(302, { location: `${back.url}again` }).end());
    const { url, requests } = await serve((request, response) => {
      if (request.url === '/again') response.writeHead(404).end();
      else response.writeHead(302, { location: `${other.url}file` }).end();
    });
    back.url = url;
    const imap = new ImapClient({ baseUrl: url, apiKey: 'some-key-of-mine', dataDir: tempDir(), retries: 0 });
    await expect(imap.download(FILE)).rejects.toMatchObject({ centre: 'imap' });
    const away = [...other.requests, requests.at(-1)];
    expect(away.filter((request) => request === undefined || 'x-api-key' in request.headers)).toEqual([]);
  });
});
