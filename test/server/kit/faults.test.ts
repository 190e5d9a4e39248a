import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { serveBytes } from '../../../src/testing/kit/files.js';
import { htmlResponse } from '../../../src/testing/kit/html.js';
import { createClock, createSimulator, type Fault, type Listening } from '../../../src/testing/kit/simulator.js';
import { rejection } from '../../support/rejection.js';
import { until } from '../../support/until.js';

const CONTENT = new Uint8Array(1000).map((_unused, index) => index % 251);

const sim = createSimulator({
  centre: 'scc',
  main: 'web',
  services: {
    web: {
      origin: 'https://web.simulated',
      basePath: '/base/',
      handle: ({ request, path, origin }) =>
        path === '/file'
          ? serveBytes(request, CONTENT, { etag: '"one"', type: 'application/x-test' })
          : path === '/go'
            ? new Response(null, { status: 302, headers: { location: `${origin('store')}/kept` } })
            : path === '/echo'
              ? request.arrayBuffer().then((bytes) => new Response(bytes))
              : htmlResponse(`you asked for ${path}`),
    },
    store: { origin: 'https://store.simulated', handle: ({ path }) => htmlResponse(`store ${path}`) },
  },
  credentials: undefined,
  clock: createClock({}, '2021-07-01T00:00:00Z'),
  reset: () => undefined,
});

const ways = ['fetch', 'socket'] as const;

describe.each(ways)('faults through %s', (way) => {
  let listening: Listening | undefined;
  let base = sim.baseUrl;
  let get = sim.fetch;

  beforeEach(async () => {
    sim.reset();
    if (way === 'socket') {
      listening = await sim.listen();
      base = listening.url;
      get = globalThis.fetch;
    }
  });
  afterEach(async () => {
    await listening?.close();
  });

  const file = (headers: Record<string, string> = {}, signal?: AbortSignal) =>
    get(`${base}file`, { headers, ...(signal === undefined ? {} : { signal }) });
  const arm = (fault: Fault) => {
    sim.faults.add({ route: 'GET /base/file', fault });
  };
  async function received(response: Response): Promise<{ bytes: number; error?: unknown }> {
    let bytes = 0;
    try {
      for await (const chunk of response.body ?? []) bytes += (chunk as Uint8Array).length;
    } catch (error) {
      return { bytes, error };
    }
    return { bytes };
  }

  it('serves without faults, and honours ranges', async () => {
    expect(new Uint8Array(await (await file()).arrayBuffer())).toEqual(CONTENT);
    const part = await file({ range: 'bytes=990-', 'if-range': '"one"' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 990-999/1000');
    expect((await part.arrayBuffer()).byteLength).toBe(10);
    expect((await file({ range: 'bytes=990-', 'if-range': '"two"' })).status).toBe(200);
    expect((await file({ range: 'bytes=1000-' })).status).toBe(416);
    expect(sim.requests.map((request) => request.status)).toEqual([200, 206, 200, 416]);
  });

  it('follows redirects to another service', async () => {
    const response = await get(`${base}go`, { headers: { authorization: 'Basic x' } });
    expect(await response.text()).toBe('store /kept');
    expect(response.redirected).toBe(true);
    expect(sim.requests[1]?.headers.get('authorization')).toBeNull();
    expect((await get(`${base}go`, { redirect: 'manual' })).status).toBe(302);
  });

  it('drops the connection after so many bytes', async () => {
    arm({ kind: 'drop', afterBytes: 300 });
    const response = await file();
    expect(response.headers.get('content-length')).toBe('1000');
    const { bytes, error } = await received(response);
    expect(bytes).toBe(300);
    expect(error).toBeInstanceOf(TypeError);
    expect(await received(await file())).toEqual({ bytes: 1000 });
    expect(sim.faults.fired).toBe(1);
  });

  it('drops the connection right after the headers', async () => {
    arm({ kind: 'drop', afterBytes: 0 });
    const { bytes, error } = await received(await file());
    expect(bytes).toBe(0);
    expect(error).toBeInstanceOf(TypeError);
  });

  it('resets the connection before and after the headers', async () => {
    arm({ kind: 'reset' });
    const error: unknown = await rejection(file());
    expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } });
    arm({ kind: 'reset', afterBytes: 100 });
    expect(await received(await file())).toMatchObject({ bytes: 100, error: { cause: { code: 'ECONNRESET' } } });
  });

  it('stalls before the headers until the client gives up', async () => {
    arm({ kind: 'stall' });
    const reason = new Error('enough');
    const controller = new AbortController();
    const waiting = file({}, controller.signal);
    setTimeout(() => {
      controller.abort(reason);
    }, 30);
    await expect(waiting).rejects.toBe(reason);
  });

  it.each([
    ['stall', { kind: 'stall' }],
    ['delay', { kind: 'delay', ms: 60_000 }],
  ] as const)(
    'notices in a %s that the client of an upload gives up, although no service reads it',
    async (_, fault) => {
      sim.faults.add({ route: 'POST /base/upload', fault });
      const controller = new AbortController();
      const body = new Uint8Array(400_000);
      const waiting = get(`${base}upload`, { method: 'POST', body, signal: controller.signal });
      const ended = expect(waiting).rejects.toBe('enough');
      await vi.waitFor(() => expect(sim.requests[0]?.bodyBytes).toBe(body.length), 10_000);
      controller.abort('enough');
      await ended;
      await vi.waitFor(() => expect(sim.requests[0]?.status).toBe(200), 10_000);
    },
  );

  it('hands an upload on whole after a stall', async () => {
    sim.faults.add({ route: 'POST /base/echo', fault: { kind: 'stall', ms: 20 } });
    const body = new Uint8Array(400_000).map((_unused, index) => index % 253);
    const echoed = await get(`${base}echo`, { method: 'POST', body });
    expect(Buffer.compare(Buffer.from(await echoed.arrayBuffer()), body)).toBe(0);
  });

  it('stalls in the body until the client gives up', async () => {
    arm({ kind: 'stall', afterBytes: 100 });
    const controller = new AbortController();
    const response = await file({}, controller.signal);
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value?.length).toBe(100);
    controller.abort(new Error('enough'));
    await expect(reader?.read()).rejects.toThrow('enough');
  });

  it('stalls for a while only, where that is asked', async () => {
    arm({ kind: 'stall', afterBytes: 0, ms: 20 });
    expect(await received(await file())).toEqual({ bytes: 1000 });
    arm({ kind: 'delay', ms: 20 });
    expect(await received(await file())).toEqual({ bytes: 1000 });
  });

  it('answers with a status of its own', async () => {
    arm({ kind: 'status', status: 503, retryAfter: 7, body: 'later' });
    const response = await file();
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([503, '7', 'later']);
    arm({ kind: 'html' });
    expect((await file()).headers.get('content-type')).toContain('text/html');
    arm({ kind: 'replace', response: () => Response.json({ own: true }) });
    expect(await (await file()).json()).toEqual({ own: true });
  });

  it('lies about the length', async () => {
    arm({ kind: 'length', delta: 5 });
    const longer = await file();
    expect(longer.headers.get('content-length')).toBe('1005');
    expect((await received(longer)).error).toBeInstanceOf(TypeError);
  });

  it.each([
    ['ignore', 200, null],
    ['wrong-start', 206, 'bytes 499-999/1000'],
    ['changed', 200, null],
    ['416', 416, 'bytes */1000'],
  ] as const)('answers ranges wrongly: %s', async (mode, status, contentRange) => {
    arm({ kind: 'range', mode });
    const response = await file({ range: 'bytes=500-', 'if-range': '"one"' });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-range')).toBe(contentRange);
    if (mode === 'changed') expect(response.headers.get('etag')).not.toBe('"one"');
    await response.arrayBuffer();
  });

  it.each([
    ['unsolicited-part', {}, 'bytes 0-499/1000', 500],
    ['unsolicited-part', { range: 'bytes=300-', 'if-range': '"one"' }, 'bytes 0-499/1000', 500],
    ['unsolicited-whole', {}, 'bytes 0-999/1000', 1000],
    ['unsolicited-whole', { range: 'bytes=300-', 'if-range': '"one"' }, 'bytes 0-999/1000', 1000],
  ] as const)('answers with a part that nobody asked for: %s', async (mode, headers, contentRange, length) => {
    arm({ kind: 'range', mode });
    const response = await file(headers);
    expect([response.status, response.headers.get('content-range')]).toEqual([206, contentRange]);
    expect(response.headers.get('content-length')).toBe(String(length));
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(CONTENT.subarray(0, length));
  });

  it('leaves an answer that is no file as it is, although a part of it should come', async () => {
    sim.faults.add({ route: '/base/*', times: 2, fault: { kind: 'range', mode: 'unsolicited-part' } });
    expect((await get(`${base}go`, { redirect: 'manual' })).status).toBe(302);
    const empty = await get(`${base}echo`, { method: 'POST', body: '' });
    expect([empty.status, await empty.text()]).toEqual([200, '']);
  });

  it('hides or weakens the validator', async () => {
    arm({ kind: 'range', mode: 'no-validator' });
    expect((await file()).headers.get('etag')).toBeNull();
    arm({ kind: 'range', mode: 'weak-validator' });
    expect((await file()).headers.get('etag')).toBe('W/"one"');
  });

  it('compresses for transport', async () => {
    arm({ kind: 'gzip' });
    const response = await file();
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(Number(response.headers.get('content-length'))).toBeLessThan(1000);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(CONTENT);
  });

  it('sends slowly, in small pieces', async () => {
    arm({ kind: 'slow', bytesPerSecond: 20_000 });
    expect(await received(await file())).toEqual({ bytes: 1000 });
  });

  it('sends no body to HEAD', async () => {
    const response = await get(`${base}page`, { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe('19');
    expect(await response.text()).toBe('');
  });

  it('redirects, and in circles', async () => {
    arm({ kind: 'redirect', location: `${base}other` });
    expect(await (await file()).text()).toBe('you asked for /other');
    sim.faults.add({ route: '/base/file', times: Infinity, fault: { kind: 'redirect-loop' } });
    await expect(file()).rejects.toMatchObject({ message: 'fetch failed' });
  });

  it('counts uploads, and keeps the first MiB of them', async () => {
    const body = new Uint8Array(1024 * 1024 + 10).fill(7);
    await get(`${base}upload`, { method: 'POST', body });
    expect(sim.requests[0]?.bodyBytes).toBe(body.length);
    expect(sim.requests[0]?.body?.length).toBe(1024 * 1024);
  });

  it('spares the requests before, and strikes as often as asked', async () => {
    sim.faults.add({ route: /^GET .*\?x=1$/, skip: 1, times: 2, fault: { kind: 'status', status: 500 } });
    const seen: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) seen.push((await get(`${base}x?x=1`)).status);
    expect(seen).toEqual([200, 500, 500, 200]);
  });
});

describe('a listening simulator', () => {
  it('cuts a body whose length says less', async () => {
    sim.reset();
    await using server = await sim.listen();
    sim.faults.add({ route: '/base/file', fault: { kind: 'length', delta: -10 } });
    const response = await fetch(`${server.url}file`);
    expect((await response.arrayBuffer()).byteLength).toBe(990);
  });

  it('takes the port that it is given, and gives it back', async () => {
    const first = await sim.listen();
    const port = Number(new URL(first.url).port);
    await expect(sim.listen({ port })).rejects.toThrow('EADDRINUSE');
    await first.close();
    await using second = await sim.listen({ port });
    expect(second.url).toBe(`http://127.0.0.1:${String(port)}/base/`);
    expect(second.origins).toEqual({ web: `http://127.0.0.1:${String(port)}`, store: expect.any(String) });
  });

  it('ends with requests that still hang', async () => {
    sim.reset();
    const server = await sim.listen();
    sim.faults.add({ route: '*', fault: { kind: 'stall' } });
    const waiting = rejection(fetch(`${server.url}file`));
    await until(() => sim.requests.length > 0);
    await server.close();
    expect(await waiting).toBeInstanceOf(TypeError);
  });
});
