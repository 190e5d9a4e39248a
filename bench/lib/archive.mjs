// An archive of one large file, 40 ms away: the API answers with an address of the storage, which gives so many bytes per second to
// each connection. The storage is nginx with its echo module where both are installed, else a server of Node.js here.
// Run as a program it is that server: node archive.mjs <file> <bytes per second> <latency ms>
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { hasNginx, startNginx } from './nginx.mjs';

const SELF = fileURLToPath(import.meta.url);

/** A storage that serves one file; `url` is its address, `kind` what it is. */
export async function startStorage({ file, directory, bytesPerSecond, latencyMs, mayBeNginx = true }) {
  if (mayBeNginx && hasNginx) {
    const nginx = await startNginx({ directory, file, small: file, latencyMs, bytesPerSecond });
    return { kind: 'nginx', url: `${nginx.storage}file`, stop: nginx.stop };
  }
  const child = fork(SELF, [file, String(bytesPerSecond), String(latencyMs)], { stdio: 'inherit' });
  const [{ port }] = await once(child, 'message');
  return { kind: 'node', url: `http://127.0.0.1:${port}/file`, stop: () => child.disconnect() };
}

/** The API in front of it, as far away. */
export async function startApi(url, latencyMs) {
  const server = createServer((request, response) => {
    request.resume();
    setTimeout(() => response.writeHead(302, { location: `${url}?X-Amz-Signature=s` }).end(), latencyMs);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    base: `http://127.0.0.1:${server.address().port}/`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Sends no faster than so many bytes per second, from the first byte on: nothing is given in advance. */
async function sendSlowly(response, file, start, end, bytesPerSecond) {
  const began = performance.now();
  let sent = 0;
  for await (const chunk of createReadStream(file, { start, end, highWaterMark: 256 * 1024 })) {
    const early = ((sent + chunk.length) / bytesPerSecond) * 1000 - (performance.now() - began);
    if (early > 1) await wait(early);
    if (!response.write(chunk)) await once(response, 'drain');
    sent += chunk.length;
  }
  response.end();
}

if (process.argv[1] === SELF && process.send !== undefined) {
  const [file, bytesPerSecond, latencyMs] = process.argv.slice(2);
  const { size } = statSync(file);
  const server = createServer((request, response) => {
    const match = /^bytes=(\d+)-(\d*)$/u.exec(request.headers.range ?? '');
    const start = Number(match?.[1] ?? 0);
    const end = match?.[2] ? Math.min(Number(match[2]), size - 1) : size - 1;
    const headers = { etag: '"bench-1"', 'content-length': end - start + 1, 'accept-ranges': 'bytes' };
    setTimeout(() => {
      response.writeHead(match === null ? 200 : 206, {
        ...headers,
        ...(match !== null && { 'content-range': `bytes ${start}-${end}/${size}` }),
      });
      response.on('error', () => undefined);
      sendSlowly(response, file, start, end, Number(bytesPerSecond)).catch(() => response.destroy());
    }, Number(latencyMs));
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
  process.on('disconnect', () => process.exit());
}
