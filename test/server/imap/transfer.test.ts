import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectNoSecrets } from '../../contract/imap/kit.js';
import { until } from '../../support/until.js';
import { noise } from '../../support/noise.js';
import { useBench } from './kit.js';

const bench = useBench();

const names = ['20260105', '20260106', '20260107'].map((day) => `imap_mag_l2_norm-gse_${day}_v009.0001.cdf`);
const body = noise(3_000_000);
const files = names.map((name) => ({ name, body, released: true }));
const sha256 = createHash('sha256').update(body).digest('hex');
const allFiles = async (): Promise<string[]> =>
  (await readdir(join(bench().folder, 'data'), { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map(({ name }) => name);

describe('bulk downloads over real sockets', () => {
  it('a body that breaks off is continued at the storage, with a fresh address and no credential (pitfall 2, 46)', async () => {
    const { sim, client } = await bench().centre({ data: { files } });
    sim.faults.add({ route: 'GET /sds-data*', fault: { kind: 'drop', afterBytes: 1_200_000 } });
    const file = await client({ retries: 2 }).download(names[0] ?? '');
    expect(file).toMatchObject({ bytes: body.length, sha256 });
    const stored = sim.requests.filter(({ service }) => service === 'storage');
    expect(stored.map(({ status }) => status)).toEqual([200, 206]);
    expect(sim.requests.filter(({ path }) => path.includes('/download/'))).toHaveLength(2);
    expect(stored[1]?.headers.get('range')).toMatch(/^bytes=\d+-$/);
    expect(stored[1]?.headers.get('if-range')).toMatch(/^"/);
    expectNoSecrets(stored, Object.values(sim.credentials));
  });

  it('an interrupted run, run again, fetches only what is missing (pitfall 28)', async () => {
    const { sim, client } = await bench().centre({ data: { files } });
    sim.faults.add({ route: /GET \/sds-data.*20260106/u, times: 1, fault: { kind: 'drop', afterBytes: 2_000_000 } });
    const first = client().downloadAll(names, { concurrency: 1 });
    await expect(first.toArray()).rejects.toMatchObject({ code: 'transfer' });
    expect((await allFiles()).filter((name) => name.endsWith('.cdf'))).toEqual([names[0]]);
    const before = sim.requests.length;
    const again = await client().downloadAll(names, { concurrency: 1 }).toArray();
    expect(again.map(({ status }) => status)).toEqual(['skipped', 'resumed', 'downloaded']);
    const stored = sim.requests.slice(before).filter(({ service }) => service === 'storage');
    expect(stored.map(({ status }) => status)).toEqual([206, 200]);
    for (const { path } of again)
      expect(
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      ).toBe(sha256);
    expect((await allFiles()).sort()).toEqual([...names].sort());
  });

  it('another content behind the same name is fetched from its start', async () => {
    const { sim, client } = await bench().centre({ data: { files } });
    sim.faults.add({ route: 'GET /sds-data*', fault: { kind: 'drop', afterBytes: 1_000_000 } });
    await expect(client().download(names[0] ?? '')).rejects.toMatchObject({ code: 'transfer' });
    sim.addFile({ name: names[0] ?? '', body: noise(500), released: true });
    expect(await client().download(names[0] ?? '')).toMatchObject({ status: 'downloaded', bytes: 500 });
  });

  it.each([
    ['html', { kind: 'html' } as const, 'transfer'],
    ['too short', { kind: 'length', delta: 10 } as const, 'transfer'],
    ['silence', { kind: 'stall', afterBytes: 1000 } as const, 'timeout'],
    ['reset', { kind: 'reset', afterBytes: 1000 } as const, 'transfer'],
  ])('%s never becomes a file', async (_what, fault, code) => {
    const { sim, client } = await bench().centre({ data: { files } });
    sim.faults.add({ route: 'GET /sds-data*', times: 9, fault });
    await expect(
      client().download(names[0] ?? '', code === 'timeout' ? { idleTimeoutMs: 300 } : {}),
    ).rejects.toMatchObject({ code });
    expect((await allFiles()).filter((name) => name.endsWith('.cdf'))).toEqual([]);
  });

  it('leaving the loop or aborting ends what is in flight (pitfall 8)', async () => {
    const { sim, client } = await bench().centre({ data: { files } });
    sim.faults.add({ route: 'GET /sds-data*', times: 9, fault: { kind: 'slow', bytesPerSecond: 200_000 } });
    const controller = new AbortController();
    const running = client().downloadAll(names, { signal: controller.signal }).toArray();
    await until(() => sim.requests.filter(({ service }) => service === 'storage').length >= 3);
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
    expect((await allFiles()).filter((name) => name.endsWith('.cdf'))).toEqual([]);
  });

  it('a stream is opened and cancelled', async () => {
    const { client } = await bench().centre({ data: { files } });
    const opened = await client().open(names[0] ?? '');
    expect(opened).toMatchObject({ name: names[0], bytes: body.length });
    const reader = opened.stream.getReader();
    expect((await reader.read()).value?.byteLength).toBeGreaterThan(0);
    await reader.cancel();
    const whole = await client().open(names[1] ?? '');
    expect((await new Response(whole.stream).arrayBuffer()).byteLength).toBe(body.length);
  });
});

describe('uploads over real sockets', () => {
  const name = 'imap_swe_l1a_sci_20260201_v001.0001.cdf';
  const local = async (): Promise<string> => {
    const path = join(bench().folder, name);
    await writeFile(path, body);
    return path;
  };

  it('the body is framed by its exact length, the storage gets no credential, the bytes arrive (pitfall 6, 9, 10)', async () => {
    const { sim, imap } = await bench().centre();
    const progress: number[] = [];
    const result = await imap.upload(await local(), { onProgress: ({ bytes }) => progress.push(bytes) });
    expect(result).toEqual({ name, bytes: body.length, status: 'uploaded' });
    expect(progress.at(-1)).toBe(body.length);
    const [, put] = sim.requests;
    expect(put).toMatchObject({ method: 'PUT', bodyBytes: body.length });
    expect(put?.headers.get('content-length')).toBe(String(body.length));
    expect(put?.headers.get('transfer-encoding')).toBeNull();
    expect(put?.headers.get('content-type')).toBeNull();
    expectNoSecrets(sim.requests.slice(1), Object.values(sim.credentials));
    expect(
      createHash('sha256')
        .update(sim.read(`imap/swe/l1a/2026/02/${name}`) ?? '')
        .digest('hex'),
    ).toBe(sha256);
  });

  it('an answer that is lost does not send the file twice', async () => {
    const { sim, client } = await bench().centre();
    let sent = 0;
    sim.faults.add({
      route: (request) => {
        if (request.method !== 'PUT') return false;
        sent += 1;
        if (sent === 1) sim.addFile({ name, body });
        return sent === 1;
      },
      fault: { kind: 'reset' },
    });
    expect(await client({ retries: 2 }).upload(await local())).toMatchObject({ status: 'uploaded' });
    expect(sent).toBe(1);
  });

  it('503 SlowDown and lost connections get a fresh address each (pitfall 7)', async () => {
    const { sim, client } = await bench().centre();
    sim.slowDown(1, 'PUT');
    await client({ retries: 2 }).upload(await local());
    const puts = sim.requests.filter(({ method }) => method === 'PUT');
    expect(puts.map(({ status }) => status)).toEqual([503, 200]);
    expect(sim.requests.filter(({ path }) => path.includes('/upload/'))).toHaveLength(2);
  });

  it('an abort ends the upload with its reason', async () => {
    const { sim, imap } = await bench().centre();
    sim.faults.add({ route: 'PUT /*', fault: { kind: 'stall' } });
    const controller = new AbortController();
    const running = imap.upload(await local(), { signal: controller.signal });
    await until(() => sim.requests.some(({ method }) => method === 'PUT'));
    controller.abort('stop');
    await expect(running).rejects.toBe('stop');
  });
});

describe('packets over real sockets', () => {
  it('days and pointings arrive in order; each service sees its own credential alone (pitfall 11)', async () => {
    const { sim, imap } = await bench().centre();
    const made = await imap
      .downloadDailyPackets({ instrument: 'mag', startTime: '2026-01-05', endTime: '2026-01-08', upload: true })
      .toArray();
    expect(made.map(({ uploaded, source }) => [source.day, uploaded])).toEqual([
      ['20260105', true],
      ['20260106', true],
      ['20260107', true],
    ]);
    const { apiKey, webpodaToken, accessToken } = sim.credentials;
    for (const { service, headers, url } of sim.requests) {
      const all = url + [...headers].flat().join(' ');
      expect(all.includes(apiKey)).toBe(service === 'api');
      expect(all.includes(webpodaToken)).toBe(service === 'packets');
      expect(all).not.toContain(accessToken);
    }
    expect((await allFiles()).filter((name) => !name.endsWith('.pkts'))).toEqual([]);
  });
});
