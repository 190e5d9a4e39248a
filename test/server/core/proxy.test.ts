import { readdir, readFile } from 'node:fs/promises';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { withDelivery } from '../../../src/core/operation/delivery.js';
import { Operation } from '../../../src/core/operation/operation.js';
import { downloadOne } from '../../../src/core/transfer/download.js';
import { HmiClient } from '../../../src/hmi/index.js';
import { simulateHmi } from '../../../src/testing/index.js';
import { forwardProxy, type ForwardProxyOptions } from '../../support/forward-proxy.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { until } from '../../support/until.js';
import { bench, closedPort } from './bench.js';

const PEM = fileURLToPath(new URL('../../fixtures/scc/nobody-trusts-this.pem', import.meta.url));
const BASE = 'http://archive.example/';
const call = { op: { name: 'imap.query' }, url: 'file' } as const;

const portOf = (url: string): number => Number(new URL(url).port);

/** A server that only the proxy can find, under `archive.example`. */
async function behind(
  listener: Parameters<typeof bench.serve>[0],
  options: ForwardProxyOptions = {},
  serving?: Parameters<typeof bench.serve>[1],
) {
  const server = await bench.serve(listener, serving);
  const proxy = await forwardProxy({ 'archive.example:80': portOf(server.url) }, options);
  return { server, proxy };
}

describe('a proxy', () => {
  it.each([
    ['a small call', false],
    ['a transfer', true],
  ])('carries %s to a host that only it can find', async (_way, bulk) => {
    const { server, proxy } = await behind((_request, response) => response.end('there'));
    const transport = bench.transport(BASE, { proxy: proxy.url });
    expect((await transport.text({ ...call, bulk, query: { version: '1' } })).text).toBe('there');
    expect(proxy.seen).toEqual(['GET http://archive.example/file?version=1']);
    expect(server.seen[0]?.headers).toMatchObject({ host: 'archive.example' });
    expect(server.seen[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  it('carries an upload, whole and once', async () => {
    const { server, proxy } = await behind((_request, response) => response.end('taken'));
    const transport = bench.transport(BASE, { proxy: proxy.url });
    async function* body(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < 4; at += 1) yield Buffer.alloc(100_000, 'x');
    }
    await transport.text({ ...call, method: 'PUT', body: { bytes: 400_000, open: body } });
    expect(proxy.seen).toEqual(['PUT http://archive.example/file']);
    expect(server.seen[0]?.body).toHaveLength(400_000);
  });

  it('carries a download, and the rest of one that it broke off', async () => {
    const bytes = Buffer.alloc(600_000, 'sdc');
    let answers = 0;
    const { proxy } = await behind((request, response) => {
      answers += 1;
      const from = Number(/bytes=(\d+)-/u.exec(request.headers.range ?? '')?.[1] ?? 0);
      response.writeHead(from > 0 ? 206 : 200, {
        etag: '"one"',
        'content-length': bytes.length - from,
        ...(from > 0 && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
      });
      if (answers > 1) response.end(bytes.subarray(from));
      else response.write(bytes.subarray(0, 300_000));
    });
    const at = tempDir();
    const op = new Operation('imap.download', { transport: bench.transport(BASE, { proxy: proxy.url, retries: 2 }) });
    const request = { source: 'a', call: { url: 'a' }, directory: at, name: 'a.bin' };
    let broken = false;
    const onProgress = ({ bytes: received }: { bytes: number }): void => {
      if (broken || received < 300_000) return;
      broken = true;
      proxy.cut();
    };
    const file = await downloadOne(op, request, { onProgress });
    expect(file).toMatchObject({ status: 'downloaded', bytes: bytes.length });
    expect(bytes.equals(await readFile(file.path))).toBe(true);
    expect(answers).toBe(2);
    expect(proxy.seen).toHaveLength(2);
  });

  it('is named where it refuses, and nothing was taken', async () => {
    for (const bulk of [false, true]) {
      const { proxy } = await behind((_request, response) => response.end(), { login: 'me:secret-word' });
      const login = proxy.url.replace('//', '//me:not-the-word@');
      const transport = bench.transport(BASE, { proxy: login, retries: 2 });
      const error = await rejection(
        withDelivery(undefined, (delivery) =>
          transport.text({ ...call, method: 'POST', body: { text: 'x' }, bulk, delivery }),
        ),
      );
      expect(error).toMatchObject({ name: 'NetworkError', delivered: 'no', retryable: false });
      expect((error as Error).message).toMatch(
        /archive\.example \(through the proxy 127\.0\.0\.1:\d+\): the proxy answered 407/u,
      );
      expect(inspect(error)).not.toContain('not-the-word');
      expect(proxy.seen).toHaveLength(1);
    }
  });

  it('gets a login whose percent sign begins no escape', async () => {
    const { proxy } = await behind((_request, response) => response.end('there'), { login: 'me:100%' });
    const transport = bench.transport(BASE, { proxy: proxy.url.replace('//', '//me:100%@') });
    expect((await transport.text(call)).text).toBe('there');
  });

  it('gets its login, which reaches no host behind it', async () => {
    const { server, proxy } = await behind((_request, response) => response.end('there'), { login: 'me@home:p/w' });
    const transport = bench.transport(BASE, { proxy: proxy.url.replace('//', '//me%40home:p%2Fw@') });
    expect((await transport.text(call)).text).toBe('there');
    expect(Object.keys(server.seen[0]?.headers ?? {})).not.toContain('proxy-authorization');
  });

  it('that is not there is named', async () => {
    const port = await closedPort();
    const transport = bench.transport(BASE, { proxy: `http://127.0.0.1:${port}` });
    const error = await rejection(transport.text(call));
    expect(error).toMatchObject({ name: 'NetworkError' });
    expect((error as Error).message).toContain(`archive.example (through the proxy 127.0.0.1:${port})`);
  });

  it.each(['http', 'https'])('that never answers holds no aborted call, nor its connection: %s', async (scheme) => {
    const proxy = await forwardProxy({}, { silent: true });
    const transport = bench.transport(`${scheme}://archive.example/`, { proxy: proxy.url });
    const control = new AbortController();
    const reason = new Error('enough');
    const outcome = rejection(transport.text({ ...call, signal: control.signal }));
    await until(() => proxy.sockets.size === 1);
    control.abort(reason);
    expect(await outcome).toBe(reason);
    await until(() => proxy.sockets.size === 0);
  });

  it('that never answers is left when the time is up', async () => {
    const proxy = await forwardProxy({}, { silent: true });
    const transport = bench.transport('https://archive.example/', { proxy: proxy.url, timeoutMs: 100 });
    expect(await rejection(transport.text(call))).toMatchObject({ name: 'TimeoutError' });
    await until(() => proxy.sockets.size === 0);
  });
});

describe('a proxy in front of a secured site', () => {
  async function secured() {
    const pem = await readFile(PEM);
    const seen: string[] = [];
    const server = createTlsServer({ cert: pem, key: pem }, (request, response) => {
      seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
      request.resume().on('end', () => response.end('there'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return { seen, port: (server.address() as AddressInfo).port };
  }

  it('is asked for a tunnel once, which the next call takes too', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { seen, port } = await secured();
    const proxy = await forwardProxy({ 'archive.example:443': port }, { login: 'me:secret-word' });
    const transport = bench.transport('https://archive.example/', {
      proxy: proxy.url.replace('//', '//me:secret-word@'),
      retries: 2,
    });
    expect((await transport.text(call)).text).toBe('there');
    expect((await transport.text({ ...call, bulk: true })).text).toBe('there');
    expect(seen).toEqual(['GET /file', 'GET /file']);
    expect(proxy.seen).toEqual(['CONNECT archive.example:443']);
  });

  it.each([
    [403, false],
    [407, false],
    [502, true],
  ])('is named where it refuses the tunnel with %i, and nothing left this machine', async (refuse, retryable) => {
    const proxy = await forwardProxy({}, { refuse });
    const transport = bench.transport('https://archive.example/', { proxy: proxy.url, retries: 0 });
    const error = await rejection(
      withDelivery(undefined, (delivery) => transport.text({ ...call, method: 'POST', body: { text: 'x' }, delivery })),
    );
    expect(error).toMatchObject({ name: 'NetworkError', delivered: 'no', retryable });
    expect((error as Error).message).toContain(`the proxy answered ${refuse}`);
    expect((error as { status?: number }).status).toBeUndefined();
  });

  it('keeps no tunnel that is over', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { port } = await secured();
    const proxy = await forwardProxy({ 'archive.example:443': port });
    const transport = bench.transport('https://archive.example/', { proxy: proxy.url, retries: 0 });
    expect((await transport.text(call)).text).toBe('there');
    await until(() => proxy.sockets.size === 0);
  });

  it('does not make an untrusted certificate trusted', async () => {
    const { seen, port } = await secured();
    const proxy = await forwardProxy({ 'archive.example:443': port });
    const transport = bench.transport('https://archive.example/', { proxy: proxy.url, retries: 2 });
    expect(await rejection(transport.text(call))).toMatchObject({ name: 'NetworkError', retryable: false });
    expect(seen).toEqual([]);
    expect(proxy.seen).toHaveLength(1);
  });
});

describe('the environment', () => {
  const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
  function set(variables: Readonly<Record<string, string>>): void {
    for (const name of [...NAMES, 'REQUEST_METHOD']) vi.stubEnv(name, variables[name] ?? '');
    onTestFinished(() => void vi.unstubAllEnvs());
  }

  it.each(['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'])(
    'names the proxy of a whole client: %s',
    async (name) => {
      const sim = simulateHmi();
      const { url, close } = await sim.listen();
      onTestFinished(close);
      const proxy = await forwardProxy({ 'hmi.example.org:80': portOf(url) });
      set({ [name]: proxy.url });
      const hmi = new HmiClient({ baseUrl: 'http://hmi.example.org/', retries: 0 });
      const [record] = await hmi
        .query('hmi.sharp_720s', { start: '2015-12-11T00:00', end: '2015-12-11T00:12' })
        .toArray();
      expect(record).toBeDefined();
      if (record === undefined) return;
      const at = tempDir();
      const files = await hmi.download(record, at, { segments: ['magnetogram'] }).toArray();
      expect(files.map(({ status }) => status)).toEqual(['downloaded']);
      expect(await readdir(at)).toHaveLength(1);
      expect(proxy.seen.length).toBeGreaterThan(1);
      await hmi.close();
    },
  );

  it.each([
    ['archive.example', true],
    ['.example', true],
    ['*.example', true],
    ['example', true],
    ['other.example, ARCHIVE.EXAMPLE', true],
    ['archive.example:80', true],
    ['*', true],
    ['archive.example:8080', false],
    ['chive.example', false],
    ['archive.example.org', false],
    ['', false],
  ])('NO_PROXY "%s" excepts archive.example: %s', async (exceptions, excepted) => {
    const { proxy } = await behind((_request, response) => response.end('there'));
    set({ HTTP_PROXY: proxy.url, NO_PROXY: exceptions });
    const error = await bench
      .transport(BASE)
      .text(call)
      .catch((thrown: unknown) => thrown);
    expect(proxy.seen).toHaveLength(excepted ? 0 : 1);
    if (excepted) expect(error).toMatchObject({ name: 'NetworkError' });
  });

  it.each([
    ['http://127.0.0.1/', '127.0.0.1', true],
    ['http://127.0.0.1/', '127.0.0.0/8', true],
    ['http://127.0.0.1/', '10.0.0.0/8', false],
    ['http://[::1]/', '::1', true],
    ['http://[::1]/', '[::1]', true],
    ['http://[::1]/', '[::1]:80', true],
    ['http://[::1]/', '[::1]:81', false],
    ['http://[fe80::1]/', 'fe80::/10', true],
  ])('%s is excepted by %s: %s', (base, exceptions, excepted) => {
    set({ HTTP_PROXY: 'http://proxy.example:3128', NO_PROXY: exceptions });
    const { settings } = bench.transport(base);
    expect(settings.proxyFor?.(new URL(base)) === undefined).toBe(excepted);
  });

  it('is not asked where an option says otherwise', async () => {
    const { server, proxy } = await behind((_request, response) => response.end('there'));
    set({ HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '*' });
    for (const none of [false, ''] as const)
      expect((await bench.transport(server.url, { proxy: none }).text(call)).text).toBe('there');
    expect((await bench.transport(BASE, { proxy: proxy.host }).text(call)).text).toBe('there');
    expect(proxy.seen).toHaveLength(1);
  });

  it('does not let a visitor of a CGI program choose the proxy', () => {
    set({ HTTP_PROXY: 'http://127.0.0.1:9', REQUEST_METHOD: 'GET' });
    expect(bench.transport(BASE).settings.proxyFor).toBeUndefined();
  });

  it.each([
    [{ ALL_PROXY: 'socks5://127.0.0.1:1080' }, {}, /ALL_PROXY names a SOCKS proxy/u],
    [{}, { proxy: 'socks5h://me:secret-word@h:1' }, /option proxy names a SOCKS proxy/u],
    [{}, { proxy: 'ftp://h' }, /option proxy must be/u],
    [{}, { proxy: 'http://' }, /option proxy is not a proxy address/u],
    [{}, { proxy: 'http://h:1', fetch: globalThis.fetch }, /proxy and fetch cannot be used together/u],
  ])('%o and %o are a ConfigError', (variables, options, message) => {
    set(variables);
    expect(() => bench.transport(BASE, options)).toThrow(
      expect.objectContaining({ name: 'ConfigError', message: expect.stringMatching(message) }),
    );
  });
});
