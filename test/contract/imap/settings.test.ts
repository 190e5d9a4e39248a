import { HttpResponse } from 'msw';
import { resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ConfigError } from '../../../src/errors.js';
import { ImapClient } from '../../../src/imap/index.js';
import { BASE, client, seen, serve, useServer } from './kit.js';

const { folder } = useServer();

const anywhere = (url: string): void => {
  serve('get', `${url}/query`, () => HttpResponse.json([]));
};

describe('settings (parity 1)', () => {
  it('defaults are the public server and ./data', async () => {
    anywhere('https://api.imap-mission.com');
    const imap = new ImapClient();
    expect(imap.dataDir).toBe(resolve('data'));
    await imap.query({ instrument: 'mag' });
    expect(seen[0]?.url).toBe('https://api.imap-mission.com/query?table=science&instrument=mag');
    expect(seen[0]?.headers.get('x-api-key')).toBeNull();
    expect(seen[0]?.headers.get('authorization')).toBeNull();
  });

  it('each is replaced by its variable, and that by its option', async () => {
    vi.stubEnv('IMAP_DATA_ACCESS_URL', BASE);
    vi.stubEnv('IMAP_DATA_DIR', folder());
    vi.stubEnv('IMAP_ACCESS_TOKEN', 'token-of-environment');
    anywhere(`${BASE}/authorized`);
    anywhere('https://other.test/api-key');
    const imap = new ImapClient();
    vi.stubEnv('IMAP_API_KEY', 'key-of-environment');
    expect(imap.dataDir).toBe(folder());
    await imap.query({ instrument: 'mag' });
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer token-of-environment');
    const other = new ImapClient({ baseUrl: 'https://other.test', apiKey: 'key-of-option', dataDir: '/elsewhere' });
    await other.query({ instrument: 'mag' });
    expect(seen[1]?.headers.get('x-api-key')).toBe('key-of-option');
    expect(other.dataDir).toBe(resolve('/elsewhere'));
  });

  it('clients do not share settings (pitfall 31)', async () => {
    anywhere(`${BASE}/api-key`);
    anywhere(BASE);
    await client({ apiKey: 'one' }).query({ instrument: 'mag' });
    await client().query({ instrument: 'mag' });
    expect(seen.map(({ headers }) => headers.get('x-api-key'))).toEqual(['one', null]);
  });
});

describe('effective base URL (parity 2, pitfall 12)', () => {
  it.each([
    [BASE, false, false, BASE],
    [BASE, true, false, `${BASE}/api-key`],
    [`${BASE}/api-key`, true, false, `${BASE}/api-key`],
    [BASE, false, true, `${BASE}/authorized`],
    [`${BASE}/authorized`, false, true, `${BASE}/authorized`],
    [BASE, true, true, `${BASE}/api-key`],
    [`${BASE}/api-key`, true, true, `${BASE}/api-key`],
    [`${BASE}/api-key/`, true, true, `${BASE}/api-key`],
    [`${BASE}/`, false, false, BASE],
    [`${BASE}/authorized`, true, false, `${BASE}/api-key`],
    [`${BASE}/stage//`, true, false, `${BASE}/stage/api-key`],
  ])('%s key %s token %s', async (baseUrl, key, token, expected) => {
    anywhere(expected);
    await client({ baseUrl, ...(key && { apiKey: 'a-key' }), ...(token && { accessToken: 'a-token' }) }).query({
      cr: 1,
    });
    expect(seen[0]?.url).toBe(`${expected}/query?table=science&cr=1`);
    expect(seen[0]?.headers.get('x-api-key')).toBe(key ? 'a-key' : null);
    expect(seen[0]?.headers.get('authorization')).toBe(token && !key ? 'Bearer a-token' : null);
  });
});

describe('settings that cannot be meant', () => {
  it('are refused at once, without showing them', () => {
    expect(() => client({ apiKey: 'two words' })).toThrow(ConfigError);
    expect(() => client({ apiKey: 'two words' })).toThrow(/apiKey.*IMAP_API_KEY/);
    expect(() => client({ apiKey: 'two words' })).not.toThrow(/two words/);
    expect(() => client({ webpodaUrl: 'lasp' })).toThrow(ConfigError);
    vi.stubEnv('IMAP_WEBPODA_URL', 'lasp');
    expect(() => client({})).toThrow(/IMAP_WEBPODA_URL/);
    expect(client({ webpodaUrl: 'https://packets.test' })).toBeInstanceOf(ImapClient);
    vi.unstubAllEnvs();
    expect(client({ apiKey: '  trimmed\n' })).toBeInstanceOf(ImapClient);
  });

  it('a closed client refuses every call with code closed', async () => {
    const imap = client({ webpodaToken: 'dXNlcjpwYXNz', apiKey: 'k' });
    await imap.close();
    await imap[Symbol.asyncDispose]();
    const day = { instrument: 'mag', startTime: '20260101', endTime: '20260102' };
    const calls: (() => Promise<unknown>)[] = [
      () => imap.query({ instrument: 'mag' }),
      () => imap.spiceQuery({ type: 'spin' }),
      () => imap.download('naif0012.tls'),
      () => imap.downloadAll(['naif0012.tls']).toArray(),
      () => imap.downloadAll(['naif0012.tls'], { verify: true }).toArray(),
      () => imap.open('naif0012.tls'),
      () => imap.verify('naif0012.tls'),
      () => imap.upload('package.json'),
      () => imap.reprocess({ startDate: '20260101', endDate: '20260102' }),
      () => imap.spinTable(),
      () => imap.processingJobs(),
      () => imap.metakernel({ startTime: '20260101', endTime: '20260102' }),
      () => imap.downloadDailyPackets(day).toArray(),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'closed' });
    expect(seen).toEqual([]);
  });
});
