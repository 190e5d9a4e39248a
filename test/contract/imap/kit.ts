import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { http, type HttpResponseResolver } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { ImapClient, type ImapOptions } from '../../../src/imap/index.js';
import { simulateImap } from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';

export const BASE = 'https://api.test.com';
export const STORAGE = 'https://s3-test-bucket.com';
export const server = setupServer();

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly bytes: number;
  readonly text: string;
}

/** Every request that left, in order. */
export const seen: Seen[] = [];
const VARIABLES = [
  'IMAP_DATA_ACCESS_URL',
  'IMAP_DATA_DIR',
  'IMAP_API_KEY',
  'IMAP_ACCESS_TOKEN',
  'IMAP_WEBPODA_TOKEN',
  'SDC_LOG',
];

/** A fake network that notes what it is asked; anything unknown is an error. A fresh folder for each test. */
export function useServer(): { readonly folder: () => string; readonly files: () => Promise<string[]> } {
  let folder = '';
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  beforeEach(() => {
    folder = tempDir();
    for (const name of VARIABLES) vi.stubEnv(name, '');
  });
  afterEach(async () => {
    server.resetHandlers();
    seen.length = 0;
  });
  afterAll(() => server.close());
  return { folder: () => folder, files: () => filesBelow(folder) };
}

/** All files below a folder, with `/`. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Answers requests of one method and address, and notes them. */
export function serve(method: 'get' | 'put' | 'post' | 'head', url: string, answer: HttpResponseResolver): void {
  server.use(
    http[method](url, async (info) => {
      const bytes = new Uint8Array(await info.request.clone().arrayBuffer());
      seen.push({
        method: info.request.method,
        url: info.request.url,
        headers: info.request.headers,
        bytes: bytes.byteLength,
        text: new TextDecoder().decode(bytes),
      });
      return answer(info);
    }),
  );
}

export function client(options: ImapOptions = {}): ImapClient {
  return new ImapClient({ baseUrl: BASE, retries: 0, ...options });
}

type SimOptions = NonNullable<Parameters<typeof simulateImap>[0]>;

/** A simulated centre behind msw, and a client of it without credentials unless they are given. */
export function simulated(
  options: SimOptions = {},
  clientOptions: ImapOptions = {},
): { sim: ReturnType<typeof simulateImap>; imap: ImapClient } {
  const sim = simulateImap(options);
  server.use(...sim.handlers());
  return { sim, imap: new ImapClient({ baseUrl: sim.baseUrl, retries: 0, ...clientOptions }) };
}

/** No credential of the client is in any request but those to the named service. */
export function expectNoSecrets(requests: Iterable<{ url: string; headers: Headers }>, secrets: string[]): void {
  for (const { url, headers } of requests) {
    const all = [url, ...[...headers].map(([name, value]) => `${name}: ${value}`)].join('\n');
    for (const secret of secrets) expect(all).not.toContain(secret);
    expect(headers.get('x-api-key')).toBeNull();
    expect(headers.get('authorization')).toBeNull();
    expect(headers.get('cookie')).toBeNull();
  }
}
