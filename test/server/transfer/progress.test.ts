import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadOne } from '../../../src/core/transfer/download.js';
import { rejection } from '../../support/rejection.js';
import { until } from '../../support/until.js';
import { serve, type ScriptedServer } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';
import { bodyOf, client, wanted, type Client } from './harness.js';

const body = bodyOf(300_000);

let server: ScriptedServer;
let dir: string;
let made: Client;

beforeEach(async () => {
  server = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': body.length, etag: '"one"' });
    response.write(body.subarray(0, 1000), () => {
      setTimeout(() => response.write(body.subarray(1000, 200_000)), 20);
    });
  });
  dir = tempDir();
  made = client(server.url);
});
afterEach(async () => {
  made.transport.close();
});

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('a body that goes silent soon after its beginning', () => {
  it('has told all that came', async () => {
    const seen: number[] = [];
    const controller = new AbortController();
    const work = rejection(
      downloadOne(made.op, wanted(dir), {
        signal: controller.signal,
        onProgress: ({ bytes }) => seen.push(bytes),
      }),
    );
    await until(() => seen.at(-1) === 200_000);
    controller.abort('enough');
    expect(await work).toBe('enough');
  });

  it('fails with what the listener throws then, and leaves no timer and no connection', async () => {
    const before = timers();
    const own = new Error('the listener does not like it');
    const error = await rejection(
      downloadOne(made.op, wanted(dir), {
        onProgress: ({ bytes }) => {
          if (bytes === 200_000) throw own;
        },
      }),
    );
    expect(error).toBe(own);
    await until(() => server.sockets.size === 0);
    expect(timers()).toBeLessThanOrEqual(before);
  });
});
