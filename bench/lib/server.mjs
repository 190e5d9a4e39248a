// The server that all are measured against: bodies from memory, an upload sink, small files with latency.
import { createServer } from 'node:http';

const CHUNK = Buffer.alloc(1024 * 1024, 'sixteen bytes..\n');
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** GET /bytes/<count>[?delay=ms]: so many bytes. */
async function sendBytes(response, count, delayMs) {
  if (delayMs > 0) await wait(delayMs);
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': count, etag: `"${count}"` });
  for (let left = count; left > 0; left -= CHUNK.length) {
    const piece = left >= CHUNK.length ? CHUNK : CHUNK.subarray(0, left);
    if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
  }
  response.end();
}

/** PUT /sink: counts what comes. */
function swallow(request, response) {
  let bytes = 0;
  request.on('data', (chunk) => (bytes += chunk.length));
  request.on('end', () => response.end(JSON.stringify({ bytes })));
}

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const [, route, count] = url.pathname.split('/');
  if (request.method === 'PUT') swallow(request, response);
  else if (route === 'bytes') void sendBytes(response, Number(count), Number(url.searchParams.get('delay') ?? 0));
  else response.writeHead(404).end();
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit());
