/** Uploads 300 MB to itself and prints how far the memory grew; run in a process of its own. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeTransport } from '../../support/transport.js';

const BYTES = 300 * 1024 * 1024;
let received = 0;
const server = createServer((request, response) => {
  request.on('data', (chunk: Buffer) => (received += chunk.length));
  request.on('end', () => response.end('{}'));
});
server.listen(0, '127.0.0.1', () => {
  void main();
});

async function main(): Promise<void> {
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const transport = makeTransport({ baseUrl });
  await transport.json({ op: { name: 'imap.query' }, url: 'warm' });
  received = 0;
  const before = process.memoryUsage.rss();
  let peak = before;
  const chunk = Buffer.alloc(256 * 1024);
  const body = {
    bytes: BYTES,
    async *open() {
      for (let sent = 0; sent < BYTES; sent += chunk.length) {
        yield chunk;
        peak = Math.max(peak, process.memoryUsage.rss());
      }
    },
  };
  await transport.json({ op: { name: 'imap.upload' }, url: 'x', method: 'PUT', body });
  process.stdout.write(JSON.stringify({ received, grownMiB: Math.round((peak - before) / 1024 / 1024) }));
  transport.close();
  server.closeAllConnections();
  server.close();
}
