import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createService, type ServiceOptions } from '../../../examples/service/service.js';
import { SCC } from '../../../src/scc/index.js';
import type { SccSimulator, SccSimulatorOptions } from '../../../src/testing/scc/options.js';
import { simulateScc } from '../../../src/testing/scc/simulate.js';
import { tempDir } from '../../support/temp-dir.js';

const ID = '20210601aky0000';
const PRODUCT = `/measurements/${ID}/products/optical`;
/** Downloads of products at the SCC. */
const isDownload = (request: Request): boolean => new URL(request.url).pathname.includes('/download-');

interface Running {
  readonly app: FastifyInstance;
  readonly sim: SccSimulator;
  readonly sccUrl: string;
  /** Address of the service. */
  readonly url: string;
  /** Lines of its log. */
  readonly lines: string[];
}

/** The service in front of a simulated SCC, both on real sockets. */
async function running(options: ServiceOptions = {}, centre: SccSimulatorOptions = {}): Promise<Running> {
  const sim = simulateScc(centre);
  const listening = await sim.listen();
  const lines: string[] = [];
  const app = createService({
    credentials: sim.credentials,
    graceMs: 10_000,
    log: { level: 'debug', stream: { write: (line) => lines.push(line) } },
    ...options,
    scc: { baseUrl: listening.url, retries: 0, ...options.scc },
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    await app.close();
    await listening.close();
  });
  return { app, sim, sccUrl: listening.url, url, lines };
}

const digest = (data: ArrayBuffer | Uint8Array): string =>
  createHash('sha256').update(new Uint8Array(data)).digest('hex');

/** An optical product that never ends; tells when nobody reads it any more. */
function endless(sim: SccSimulator): { readonly started: () => boolean; readonly left: () => boolean } {
  let started = false;
  let left = false;
  const first = new Uint8Array(1024);
  first.set([0x50, 0x4b, 0x03, 0x04]);
  sim.faults.add({
    route: isDownload,
    times: Infinity,
    fault: {
      kind: 'replace',
      response: () => {
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            started = true;
            controller.enqueue(first);
          },
          cancel() {
            left = true;
          },
        });
        return new Response(body, { headers: { 'content-type': 'application/zip' } });
      },
    },
  });
  return { started: () => started, left: () => left };
}

describe('a service that embeds one session of the SCC', () => {
  test('streams a product byte by byte as the SCC has it', async () => {
    const { url, sim, sccUrl } = await running();
    const folder = tempDir();
    await using scc = new SCC(sim.credentials, { baseUrl: sccUrl });
    const [direct] = await scc.downloadProducts(ID, folder, { products: ['optical'] }).toArray();

    const answer = await fetch(url + PRODUCT);
    const body = await answer.arrayBuffer();
    expect(answer.status).toBe(200);
    expect(digest(body)).toBe(direct?.sha256);
    expect(answer.headers.get('content-length')).toBe(String(direct?.bytes));
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="optical_${ID}.zip"`);
  });

  test('serves many clients with one login', async () => {
    const { url, sim } = await running();
    const answers = await Promise.all(Array.from({ length: 6 }, async () => fetch(url + PRODUCT)));
    const digests = await Promise.all(answers.map(async (answer) => digest(await answer.arrayBuffer())));
    expect(new Set(digests).size).toBe(1);
    expect(sim.sessionCount).toBe(1);
  });

  test.each([
    ['/measurements/19990101xxx0000/products/optical', 404, 'not-found'],
    ['/measurements/..%2F..%2Fadmin/products/optical', 400, 'request'],
    [`/measurements/${ID}/products/everything`, 400, 'request'],
    ['/nothing', 404, undefined],
  ])('answers %s with %i', async (path, status, error) => {
    const { url } = await running();
    const answer = await fetch(url + path);
    expect(answer.status).toBe(status);
    const body = (await answer.json()) as { error: string; message: string };
    if (error !== undefined) expect(body.error).toBe(error);
    expect(body.message).not.toBe('');
  });

  test('tells the state of a measurement', async () => {
    const { url } = await running();
    const answer = await fetch(`${url}/measurements/${ID}`);
    expect(await answer.json()).toMatchObject({ id: ID, stationCode: 'aky', products: { elda: { status: 'ok' } } });
  });

  test('passes on how long the SCC asks to wait', async () => {
    const { url, sim } = await running();
    sim.faults.add({
      route: isDownload,
      fault: { kind: 'status', status: 429, retryAfter: 600 },
    });
    const answer = await fetch(url + PRODUCT);
    await answer.arrayBuffer();
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('600');
  });

  test('refuses more streams than it allows itself, and counts those that have ended no more', async () => {
    const { url, sim } = await running({ maxStreams: 1 });
    const source = endless(sim);
    const stop = new AbortController();
    const held = await fetch(url + PRODUCT, { signal: stop.signal });
    const refused = await fetch(url + PRODUCT);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ error: 'busy' });
    expect(held.status).toBe(200);
    stop.abort();
    await held.body?.cancel().catch(() => undefined);
    await vi.waitFor(() => expect(source.left()).toBe(true), 10_000);
    sim.faults.clear();
    await vi.waitFor(async () => {
      const again = await fetch(url + PRODUCT);
      await again.arrayBuffer();
      expect(again.status).toBe(200);
    }, 10_000);
  });

  test('a client that goes away in the middle of a product ends the request to the SCC', async () => {
    const { url, sim } = await running();
    const source = endless(sim);
    const request = get(url + PRODUCT, (answer) => {
      answer.once('data', () => request.destroy());
    });
    request.on('error', () => undefined);
    await vi.waitFor(() => expect(source.left()).toBe(true), { timeout: 10_000 });
  });

  test('a client that goes away before the first byte ends the request to the SCC', async () => {
    const { url, sim, lines } = await running();
    sim.faults.add({
      route: isDownload,
      fault: { kind: 'stall' },
    });
    const stop = new AbortController();
    const asked = fetch(url + PRODUCT, { signal: stop.signal });
    asked.catch(() => undefined);
    await vi.waitFor(() => expect(sim.faults.fired).toBe(1), 10_000);
    stop.abort();
    await expect(asked).rejects.toThrow();
    await vi.waitFor(() => expect(lines.join('')).toContain('the client went away'), 10_000);
  });

  test('a product that breaks off at the SCC is no complete answer for the client', async () => {
    const { url, sim } = await running();
    sim.faults.add({
      route: isDownload,
      fault: { kind: 'drop', afterBytes: 900 },
    });
    await expect(fetch(url + PRODUCT).then(async (answer) => answer.arrayBuffer())).rejects.toThrow();
  });
});

describe('stopping', () => {
  test('lets a running stream finish, then ends the session on the SCC', async () => {
    const { app, url, sim } = await running();
    sim.faults.add({
      route: isDownload,
      fault: { kind: 'stall', afterBytes: 600, ms: 300 },
    });
    const answer = await fetch(url + PRODUCT);
    expect(sim.sessionCount).toBe(1);
    const closed = app.close();
    const body = await answer.arrayBuffer();
    expect(body.byteLength).toBe(Number(answer.headers.get('content-length')));
    await closed;
    expect(sim.sessionCount).toBe(0);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  test('breaks off what does not end within the grace, and ends the session all the same', async () => {
    const { app, url, sim } = await running({ graceMs: 50 });
    const source = endless(sim);
    const answer = await fetch(url + PRODUCT);
    const reading = answer.arrayBuffer();
    reading.catch(() => undefined);
    await app.close();
    await expect(reading).rejects.toThrow();
    expect(source.started()).toBe(true);
    expect(source.left()).toBe(true);
    expect(sim.sessionCount).toBe(0);
  });
});

test('a connection on which nobody asks anything does not keep the service from stopping', async () => {
  const { app, url, sim } = await running({ graceMs: 50 });
  await (await fetch(url + PRODUCT)).arrayBuffer();
  const silent = connect(Number(new URL(url).port), '127.0.0.1');
  silent.on('error', () => undefined);
  await once(silent, 'connect');
  await app.close();
  expect(sim.sessionCount).toBe(0);
});

describe('what operators see', () => {
  test('it is alive without asking the SCC, and ready when the SCC answers', async () => {
    const { url, sim } = await running();
    const alive = await fetch(`${url}/health`);
    expect([alive.status, await alive.json()]).toEqual([200, { status: 'alive' }]);
    expect(sim.requests).toHaveLength(0);
    const ready = await fetch(`${url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true }]);
    const asked = sim.requests.length;
    await (await fetch(`${url}/ready`)).arrayBuffer();
    expect(sim.requests).toHaveLength(asked);
  });

  test('it is not ready when its logins are refused, and says why without telling them', async () => {
    const { url, lines } = await running({
      credentials: { httpAuthUser: 'site', httpAuthPassword: 'wrong-site', username: 'me', password: 'wrong-account' },
    });
    const ready = await fetch(`${url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false, reason: 'credentials' }]);
    expect(lines.join('')).not.toMatch(/wrong-site|wrong-account/u);
  });

  test('its log is lines of JSON, those of the SCC client among them, without secrets', async () => {
    const { url, lines, sim } = await running();
    await (await fetch(url + PRODUCT)).arrayBuffer();
    await vi.waitFor(() => expect(lines.join('')).toContain('request completed'), 10_000);
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries).toContainEqual(expect.objectContaining({ component: 'scc', status: 200 }));
    expect(entries).toContainEqual(expect.objectContaining({ msg: 'request completed', res: { statusCode: 200 } }));
    for (const secret of [sim.credentials.password, sim.credentials.httpAuthPassword]) {
      expect(lines.join('')).not.toContain(secret);
    }
  });

  test('its metrics count answers, bytes, and requests to the SCC', async () => {
    const { url } = await running();
    const bytes = (await (await fetch(url + PRODUCT)).arrayBuffer()).byteLength;
    await vi.waitFor(async () => {
      const text = await (await fetch(`${url}/metrics`)).text();
      expect(text).toContain(`service_product_bytes_total{product="optical"} ${bytes}`);
      expect(text).toContain(
        'service_request_duration_seconds_count{route="/measurements/:id/products/:product",status="200"} 1',
      );
      expect(text).toMatch(/scc_request_duration_seconds_count\{status="200"\} [1-9]/u);
      expect(text).toContain('service_streams 0');
    }, 10_000);
  });
});
