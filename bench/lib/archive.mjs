// An archive of one large file, 40 ms away: the API answers with an address of the storage, which gives so many bytes per second to
// each connection. The storage is nginx with its echo module where both are installed, else a server of Node.js here.
// Run as a program it is that server: node archive.mjs <file> <bytes per second> <latency ms>
import { execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ECHO = ['/usr/lib/nginx/modules', '/usr/share/nginx/modules'].map(
  (folder) => `${folder}/ngx_http_echo_module.so`,
);
const SELF = fileURLToPath(import.meta.url);

/** Whether a program is installed. */
export function has(program, ...args) {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A storage that serves one file; `url` is its address, `kind` what it is. */
export async function startStorage({ file, directory, bytesPerSecond, latencyMs, mayBeNginx = true }) {
  const module = ECHO.find((path) => existsSync(path));
  if (mayBeNginx && module !== undefined && has('nginx', '-v'))
    return startNginx({ file, directory, bytesPerSecond, latencyMs, module });
  const child = fork(SELF, [file, String(bytesPerSecond), String(latencyMs)], { stdio: 'inherit' });
  const [{ port }] = await once(child, 'message');
  return { kind: 'node', url: `http://127.0.0.1:${port}/file`, stop: () => child.disconnect() };
}

async function startNginx({ file, directory, bytesPerSecond, latencyMs, module }) {
  const port = await freePort();
  const home = join(directory, 'nginx');
  mkdirSync(home);
  const config = `
load_module ${module};
daemon off; user root; worker_processes 1; pid ${home}/pid; error_log ${home}/error.log;
events { worker_connections 64; }
http {
  access_log off; sendfile on; keepalive_timeout 60; client_body_temp_path ${home}; proxy_temp_path ${home};
  fastcgi_temp_path ${home}; uwsgi_temp_path ${home}; scgi_temp_path ${home};
  server {
    listen 127.0.0.1:${port};
    location = /file { echo_sleep ${latencyMs / 1000}; echo_exec @file; }
    location @file { root ${dirname(file)}; limit_rate ${Math.round(bytesPerSecond / 1_000_000)}m; try_files ${file.slice(dirname(file).length)} =404; }
  }
}
`;
  writeFileSync(join(home, 'nginx.conf'), config);
  const child = spawn('nginx', ['-c', join(home, 'nginx.conf'), '-p', home], { stdio: 'inherit' });
  for (let tries = 0; tries < 100; tries += 1) {
    if (
      await fetch(`http://127.0.0.1:${port}/file`, { method: 'HEAD' }).then(
        () => true,
        () => false,
      )
    )
      break;
    await wait(50);
  }
  return { kind: 'nginx', url: `http://127.0.0.1:${port}/file`, stop: () => child.kill('SIGQUIT') };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
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
