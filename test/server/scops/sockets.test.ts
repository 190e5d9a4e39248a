import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { NetworkError } from '../../../src/errors.js';
import { ScopsClient, type ScopsOptions, type ScopsOrder } from '../../../src/scops/index.js';
import { simulateScops, type ScopsSimulator, type ScopsSimulatorOptions } from '../../../src/testing/index.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { serve, start } from '../../support/server.js';
import { cleanUp } from '../../support/clean-up.js';

let folder = '';
beforeEach(() => {
  folder = tempDir();
});

async function service(
  simulated: ScopsSimulatorOptions = {},
  options: ScopsOptions = {},
): Promise<{ sim: ScopsSimulator; scops: ScopsClient; url: string }> {
  const sim = simulateScops(simulated);
  const { url } = await start(sim);
  const scops = new ScopsClient({ ...sim.credentials, baseUrl: url, confirmSpacingMs: 0, retries: 1, ...options });
  cleanUp(() => scops.close());
  return { sim, scops, url };
}

const order = (change: Partial<ScopsOrder> = {}): ScopsOrder => ({
  flight: { year: 2014, day: 217 },
  lines: [{ name: 'f21701' }, { name: 'f21702' }],
  email: 'me@institute.org',
  ...change,
});

async function finished({ sim, scops }: { sim: ScopsSimulator; scops: ScopsClient }): Promise<string> {
  const { configName } = await scops.submit(order());
  await scops.confirm(configName);
  sim.clock.advance(20 * 60_000);
  return sim.processingIds.at(-1)!;
}

test('the whole walk works over real sockets, with an id found by probing', async () => {
  const { sim, scops } = await service({ clock: { perRequestMs: 10_000 } });
  const { files, status } = await scops.process(order(), folder, {
    processingId: 'probe',
    find: { probeIntervalMs: 1 },
    pollIntervalMs: 1,
  });
  expect(status.state).toBe('complete');
  expect(files).toHaveLength(2);
  expect(sim.requests.every(({ headers }) => headers.has('authorization'))).toBe(true);
});

test('pitfall 7: a download that is redirected to another host takes no login along', async () => {
  const elsewhere = await serve((_request, response) => response.end('PK'));
  const { sim, scops } = await service();
  const id = await finished({ sim, scops });
  sim.faults.add({
    route: 'GET *downloads*',
    times: Infinity,
    fault: { kind: 'redirect', location: `${elsewhere.url}x.zip` },
  });
  await expect(scops.download(id, folder, { products: ['f21701'] }).toArray()).rejects.toThrow();
  expect(elsewhere.requests.length).toBeGreaterThan(0);
  for (const { headers } of elsewhere.requests) expect(headers.authorization).toBeUndefined();
});

test('a large DEM is streamed with its exact length, and arrives whole', async () => {
  const { sim, scops } = await service();
  const file = join(folder, 'large.dem');
  const handle = await open(file, 'w');
  await handle.truncate(24 * 1024 * 1024);
  await handle.close();
  const header = join(folder, 'large.hdr');
  await writeFile(
    header,
    'ENVI\nsamples = 4096\nlines = 3072\nbands = 1\ninterleave = bil\ndata type = 2\nmap info = {Geographic Lat/Lon, 1, 1, -5, 51, 0.001, 0.001, WGS-84}\n',
  );
  const seen: number[] = [];
  await scops.submit(order({ dem: { file, header } }), { onProgress: ({ bytes }) => seen.push(bytes) });
  const stored = [...sim.demFiles].find(([path]) => path.endsWith('.dem'))!;
  expect(stored[1].byteLength).toBe(24 * 1024 * 1024);
  expect(seen.at(-1)).toBeGreaterThan(24 * 1024 * 1024);
});

describe('pitfall 15: an order whose answer is lost', () => {
  test('is not sent again, and the error says that it may have been taken', async () => {
    let orders = 0;
    const { sim } = await service();
    const { url } = await serve((request, response) => {
      if (request.method === 'POST') {
        orders += 1;
        request.resume();
        request.on('end', () => request.socket.destroy());
        return;
      }
      void sim
        .fetch(`${sim.baseUrl}${request.url!.slice(1)}`, { headers: { authorization: request.headers.authorization! } })
        .then(async (answer) => response.end(await answer.text()));
    });
    const scops = new ScopsClient({ ...sim.credentials, baseUrl: url, retries: 3 });
    cleanUp(() => scops.close());
    const error: unknown = await rejection(scops.submit(order()));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ retryable: false });
    expect(String(error)).toContain('it may have been taken; look before you repeat');
    expect(orders).toBe(1);
  });
});

describe('downloads', () => {
  test('that break off are continued where they ended', async () => {
    const { sim, scops } = await service({ mapSize: [400, 300] });
    const id = await finished({ sim, scops });
    sim.faults.add({ route: 'GET *downloads*', fault: { kind: 'drop', afterBytes: 1_000 } });
    const [file] = await scops.download(id, folder, { products: ['f21701'] }).toArray();
    expect((await readFile(file!.path)).byteLength).toBe(file!.bytes);
    expect(await readdir(folder)).toEqual(['f217013b_mapped.bil.zip']);
  });

  test('never give a login page the name of a product', async () => {
    const { sim, scops } = await service();
    const id = await finished({ sim, scops });
    const body = '<html><title>Log in</title></html>';
    sim.faults.add({ route: 'GET *downloads*', times: Infinity, fault: { kind: 'html', body } });
    await expect(scops.download(id, folder, { products: ['f21701'] }).toArray()).rejects.toThrow(/text came instead/u);
    expect((await readdir(folder)).filter((name) => name.endsWith('.zip'))).toEqual([]);
  });

  test('end when the loop is left, and at an abort with its reason', async () => {
    const { sim, scops } = await service({ mapSize: [400, 300] });
    const id = await finished({ sim, scops });
    for await (const file of scops.download(id, folder, { concurrency: 1 })) {
      expect(file.status).toBe('downloaded');
      break;
    }
    expect((await readdir(folder)).filter((name) => name.endsWith('.zip'))).toHaveLength(1);
    sim.faults.add({ route: 'GET *downloads*', times: Infinity, fault: { kind: 'stall', afterBytes: 500 } });
    const stop = new AbortController();
    const reason = new Error('enough');
    const other = join(folder, 'other');
    const work = scops.download(id, other, { signal: stop.signal, onProgress: () => stop.abort(reason) }).toArray();
    setTimeout(() => stop.abort(reason), 500);
    await expect(work).rejects.toBe(reason);
  });
});

test('closing the client ends a wait', async () => {
  const { sim, scops } = await service();
  const { configName } = await scops.submit(order());
  await scops.confirm(configName);
  sim.clock.advance(45_000);
  const waiting = scops.waitFor(sim.processingIds[0]!, { pollIntervalMs: 5 });
  setTimeout(() => void scops.close(), 50);
  await expect(waiting).rejects.toMatchObject({ code: 'closed' });
});
