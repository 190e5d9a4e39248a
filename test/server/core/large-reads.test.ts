import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { listen, UNTRUSTED } from '../../support/server.js';
import { noise } from '../../support/noise.js';
import { bench } from './bench.js';

const MIB = 1024 * 1024;

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function serve(secure: boolean, listener: RequestListener): Promise<string> {
  const server = secure ? createSecureServer(UNTRUSTED, listener) : createServer(listener);
  return `${secure ? 'https' : 'http'}://${(await listen(server)).host}/`;
}

describe.each([
  ['http', false],
  ['https', true],
])('bodies of transfers over %s', (_name, secure) => {
  beforeEach(() => {
    // the certificate of these tests has no authority behind it
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    return () => vi.unstubAllEnvs();
  });

  test.each([
    ['at full speed', () => false],
    ['with pauses', (count: number) => count % 3 === 0],
  ])('come whole %s, and what was read stays as it was', async (_how, pauses) => {
    const body = noise(6 * MIB, 1);
    const url = await serve(secure, (_request, response) => response.end(body));
    const transport = bench.transport(url);
    const chunks = await transport.send({ op: { name: 'imap.download' }, url: 'x', bulk: true }, async (answer) => {
      const held: Uint8Array[] = [];
      for await (const chunk of answer.stream()) {
        held.push(chunk as Uint8Array);
        if (pauses(held.length)) await wait(5);
      }
      return held;
    });
    expect(digest(Buffer.concat(chunks))).toBe(digest(body));
  });

  test('many small ones on one connection are each their own', async () => {
    const bodies = Array.from({ length: 60 }, (_, number) => noise(1000 + number * 400, number));
    const url = await serve(secure, (request, response) => {
      response.end(bodies[Number(request.url?.slice(1))]);
    });
    const transport = bench.transport(url);
    const got: Uint8Array[][] = [];
    for (const number of bodies.keys()) {
      const call = { op: { name: 'imap.download' }, url: String(number), bulk: true };
      await transport.send(call, async (answer) => {
        const held: Uint8Array[] = [];
        for await (const chunk of answer.stream()) held.push(chunk as Uint8Array);
        got.push(held);
      });
    }
    expect(got.map((held) => digest(Buffer.concat(held)))).toEqual(bodies.map(digest));
  });
});

// From 22 on it would cost more memory than it is worth.
test.runIf(Number(process.versions.node.split('.')[0]) < 22)(
  'what lies ready is taken in reads of more than 64 KiB',
  async () => {
    const url = await serve(false, (_request, response) => response.end(Buffer.alloc(8 * MIB)));
    const transport = bench.transport(url);
    const largest = await transport.send({ op: { name: 'imap.download' }, url: 'x', bulk: true }, async (answer) => {
      let most = 0;
      for await (const chunk of answer.stream()) {
        most = Math.max(most, (chunk as Uint8Array).byteLength);
        await wait(2);
      }
      return most;
    });
    expect(largest).toBeGreaterThan(64 * 1024);
  },
);
