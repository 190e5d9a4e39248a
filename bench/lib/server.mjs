// The server that all are measured against: bodies from memory, an upload sink, small files with latency.
// GET /<bytes>/<latency ms>/download/<anything> (or HMI/<anything>): so many bytes after so long.
// GET /<…>/upload/<name>: the address of the sink, as the IMAP service answers it. PUT /sink: counts what comes.
import { createServer } from 'node:http';

// It begins as a FITS file of 35 blocks does, so that the HMI client takes it for one.
const CARDS = ['SIMPLE  = T', 'BITPIX  = 8', 'NAXIS   = 1', `NAXIS1  = ${34 * 2880}`, 'END'];
const CHUNK = Buffer.alloc(1024 * 1024, 'sixteen bytes..\n');
CHUNK.write(
  CARDS.map((card) => card.padEnd(80))
    .join('')
    .padEnd(2880),
);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function sendBytes(response, count, delayMs) {
  if (delayMs > 0) await wait(delayMs);
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': count, etag: `"${count}"` });
  for (let left = count; left > 0; left -= CHUNK.length) {
    const piece = left >= CHUNK.length ? CHUNK : CHUNK.subarray(0, left);
    if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
  }
  response.end();
}

function swallow(request, response) {
  let bytes = 0;
  request.on('data', (chunk) => (bytes += chunk.length));
  request.on('end', () => response.setHeader('content-type', 'application/json').end(JSON.stringify({ bytes })));
}

const server = createServer((request, response) => {
  const [, count, delay, route] = new URL(request.url, 'http://localhost').pathname.split('/');
  if (request.method === 'PUT') swallow(request, response);
  else if (route === 'download' || route === 'HMI') void sendBytes(response, Number(count), Number(delay));
  else if (route === 'upload')
    response.setHeader('content-type', 'application/json').end(JSON.stringify(`http://${request.headers.host}/sink`));
  else response.writeHead(404).end();
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit());
