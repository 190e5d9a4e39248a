import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, symlink, truncate } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { crc32 } from 'node:zlib';
import { isFull } from '../../support/full.js';
import { compileEach } from '../../support/compile-each.js';
import { tempDir } from '../../support/temp-dir.js';
import { exampleFile } from '../../support/example-file.js';
import { serve } from '../../support/server.js';
import { ID } from './kit.js';

const SIZE = 300 * 1024 * 1024;
const CHUNK = Buffer.alloc(1024 * 1024);
/** Of Node.js itself, in MB: newer majors take more. */
const LIMIT_MB = 150 + (Number(process.versions.node.split('.')[0]) >= 24 ? 50 : 0);
const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const credentials = { httpAuthUser: 'site', httpAuthPassword: 'pass', username: 'me', password: 'mine' };
const folder = tempDir();
const built = tempDir(join(ROOT, 'node_modules'));
let received = 0;

/** A stored zip of one member of zeros, 300 MB, piece by piece. */
function* hugeZip(name: string): Generator<Buffer> {
  let crc = 0;
  for (let at = 0; at < SIZE; at += CHUNK.length) crc = crc32(CHUNK, crc);
  const field = (head: Buffer, at: number): Buffer => {
    head.writeUInt32LE(crc, at);
    head.writeUInt32LE(SIZE, at + 4);
    head.writeUInt32LE(SIZE, at + 8);
    head.writeUInt16LE(name.length, at + 12);
    return head;
  };
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  yield Buffer.concat([field(local, 14), Buffer.from(name)]);
  for (let at = 0; at < SIZE; at += CHUNK.length) yield CHUNK;
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 4);
  central.writeUInt16LE(20, 6);
  const directory = Buffer.concat([field(central, 16), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(30 + name.length + SIZE, 16);
  yield Buffer.concat([directory, end]);
}

async function sendZip(response: ServerResponse, name: string): Promise<void> {
  response.writeHead(200, {
    'content-type': 'application/zip',
    'content-length': 30 + 46 + 22 + 2 * name.length + SIZE,
  });
  for (const piece of hugeZip(name)) if (!response.write(piece)) await once(response, 'drain');
  response.end();
}

/** As much of the SCC as a transfer meets; the simulator would hold the bodies in memory. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url = '' } = request;
  let bytes = 0;
  for await (const chunk of request) bytes += (chunk as Buffer).length;
  const html = (body: string, cookies: string[] = []): void => {
    response.setHeader('set-cookie', cookies);
    response.setHeader('content-type', 'text/html');
    response.end(body);
  };
  const found = (location: string, cookies: string[] = []): void => {
    response.writeHead(302, { location, 'set-cookie': cookies }).end();
  };
  if (url.endsWith('/login/') && method === 'POST') {
    found('/', ['sessionid=abc-session; Path=/']);
    return;
  }
  if (url.endsWith('/login/')) {
    html('<form><input name=username><input type=password name=password></form>', ['csrftoken=token; Path=/']);
    return;
  }
  if (url.endsWith('/logout/')) {
    found('/', ['sessionid=; Max-Age=0; Path=/']);
    return;
  }
  if (url.endsWith('/quick/') && method === 'GET') {
    html('<form><input type=file name=data id=id_data></form>');
    return;
  }
  if (url.endsWith('/quick/')) {
    received = bytes;
    found(`/data_processing/measurements/${ID}/`);
    return;
  }
  if (url.endsWith(`/measurements/${ID}/`) && !url.includes('/api/')) {
    html(`<h3>Measurement ${ID} <small></small></h3>`);
    return;
  }
  if (url.includes('/download-preprocessed/')) return sendZip(response, '20210630aky0900/a.nc');
  if (url.includes('/download-raw/')) return sendZip(response, '20210630aky0900.nc');
  response.writeHead(404).end();
}

const { url: base } = await serve(
  (request, response) => void answer(request, response).catch(() => response.destroy()),
);

/** The sources, compiled anew: with tsx the compiler's own memory would be measured, and dist may be of yesterday. */
async function compile(into: string): Promise<void> {
  await copyFile(join(ROOT, 'package.json'), join(into, 'package.json'));
  await symlink(join(ROOT, 'vendor'), join(into, 'vendor'));
  await compileEach(join(into, 'dist'));
}

beforeAll(async () => {
  await compile(built);
  await copyFile(exampleFile('20210601aky0930.nc'), join(folder, 'raw.nc'));
  await truncate(join(folder, 'raw.nc'), SIZE);
}, 60_000);

interface Measured {
  readonly bytes: number;
  readonly before: number;
  readonly peak: number;
}

/**
 * The lowest of up to three measurements, as many as it takes to come below the limit: how late the collector starts moves the
 * peak by 25 MB from run to run (120 to 153 MB on Node.js 20 beside busy loops); a body that is held would add 300 MB to each.
 */
async function lowest(work: string): Promise<Measured> {
  let least = await measure(work);
  for (let again = 0; again < 2 && least.peak >= LIMIT_MB; again += 1) {
    const next = await measure(work);
    if (next.peak < least.peak) least = next;
  }
  return least;
}

async function measure(work: string): Promise<Measured> {
  const args = [CHILD, join(built, 'dist'), work, base, folder, JSON.stringify(credentials)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(await text(child.stdout)) as Measured;
}

/** What one of the bulk paths holds, the other ones hold, too: they are tested with everything. */
const WORK = [
  ['idle', 0],
  ['upload', SIZE],
  ['download', SIZE],
  ['raw', SIZE],
  ['open', SIZE],
] as const;

describe('300 MB through a client', () => {
  it.each(WORK.filter(([name]) => isFull || name === 'upload' || name === 'download'))(
    '%s stays below the limit of memory (pitfalls 14 and 33)',
    { timeout: 240_000 },
    async (work, bytes) => {
      const measured = await lowest(work);
      expect(measured.bytes).toBeGreaterThanOrEqual(bytes);
      expect(measured.peak, JSON.stringify(measured)).toBeLessThan(LIMIT_MB);
      if (work === 'upload') expect(received).toBe(measured.bytes);
      if (process.env.SDC_LOG === 'debug') process.stderr.write(`${work} ${JSON.stringify(measured)}\n`);
    },
  );
});
