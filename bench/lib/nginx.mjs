// Debian's nginx as API and storage, out of memory, so that it is not the server that is measured: `nginx-light` and, for latency or a limit
// of bytes per second, its echo module `libnginx-mod-http-echo`. Each runs on two ports, as the two hosts of the IMAP centre.
//   GET  API/download/<path>: 302 to the storage, after the latency        GET STORAGE/<name>: the file of that name, or the one of all names
//   GET  API/upload/<name>: the address in the storage, as a JSON string   PUT STORAGE/<name>: takes the body, answers with the md5 as ETag
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const ECHO = ['/usr/lib/nginx/modules', '/usr/share/nginx/modules'].map(
  (folder) => `${folder}/ngx_http_echo_module.so`,
);
const echo = ECHO.find((path) => existsSync(path));

/** Whether a program is installed. */
export function has(program, ...args) {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Whether nginx with its echo module is there. */
export const hasNginx = echo !== undefined && has('nginx', '-v');

/**
 * Starts both servers. `file` is what every download gives, `small` that of
 * the second name; `json` an answer of `query`; `md5` what the storage says of an upload of either.
 * `latencyMs` lies before every answer, `bytesPerSecond` limits each connection to the storage.
 */
export async function startNginx({ directory, file, small, json, md5 = {}, latencyMs = 0, bytesPerSecond }) {
  const home = mkdtempSync(join(directory, 'nginx-'));
  const [api, storage] = [await freePort(), await freePort()];
  for (const folder of ['temp', 'sink']) mkdirSync(join(home, folder));
  const late = (name, answer) =>
    latencyMs > 0
      ? `location ${name} { echo_sleep ${latencyMs / 1000}; echo_exec ${at(name)}; } location ${at(name)} { ${answer} }`
      : `location ${name} { ${answer} }`;
  const signed = `http://127.0.0.1:${storage}$request_uri?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ASIA$request_id%2F20261201%2Fus-west-2%2Fs3%2Faws4_request&X-Amz-Date=20261201T000000Z&X-Amz-Expires=86400&X-Amz-Security-Token=$request_id$request_id&X-Amz-SignedHeaders=host&X-Amz-Signature=$request_id$request_id`;
  const config = `
load_module ${echo};
daemon off; user root; worker_processes 1; pid ${home}/pid; error_log ${home}/error.log;
events { worker_connections 256; }
http {
  access_log off; sendfile on; keepalive_timeout 60; keepalive_requests 1000000; client_max_body_size 0; client_body_temp_path ${home}/temp;
  proxy_temp_path ${home}/temp; fastcgi_temp_path ${home}/temp; uwsgi_temp_path ${home}/temp; scgi_temp_path ${home}/temp;
  map $uri $md5 { default '${md5.file ?? ''}'; ~repoint00002 '${md5.small ?? ''}'; }
  server {
    listen 127.0.0.1:${api}; default_type application/json;
    ${late('/download/', `return 302 ${signed};`)}
    ${late('/upload/', `return 200 '"${signed}"';`)}
    ${json === undefined ? '' : late('/query', serve(json))}
  }
  server {
    listen 127.0.0.1:${storage};
    ${file === undefined ? '' : late('/download/', `${bytesPerSecond === undefined ? '' : `limit_rate ${bytesPerSecond};`} ${serve(file)}`)}
    location ~ ^/download/.*repoint00002 { ${small === undefined ? 'return 404;' : serve(small)} }
    location /upload/ { root ${home}/sink; create_full_put_path on; dav_methods PUT; add_header ETag '"$md5"' always; }
  }
}
`;
  writeFileSync(join(home, 'nginx.conf'), config);
  const child = spawn('nginx', ['-c', join(home, 'nginx.conf'), '-p', home], { stdio: 'inherit' });
  for (let tries = 0; ; tries += 1) {
    if (child.exitCode !== null || tries > 100) throw new Error(`nginx did not start with ${home}/nginx.conf`);
    if (await fetch(`http://127.0.0.1:${api}/`).then(Boolean, () => false)) break;
    await wait(50);
  }
  const stop = async () => {
    child.kill('SIGQUIT');
    await once(child, 'close');
    rmSync(home, { recursive: true, force: true });
  };
  return {
    base: `http://127.0.0.1:${api}/`,
    storage: `http://127.0.0.1:${storage}/download/`,
    sink: `http://127.0.0.1:${storage}/upload/`,
    stop,
  };
}

const serve = (path) => `root ${dirname(path)}; try_files /${basename(path)} =404;`;
const at = (name) => `@${name.replaceAll('/', '')}`;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
