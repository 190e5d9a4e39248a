// The least that Node.js takes for a download with its digest: node:http, writes of 4 MiB side by side with the network, sha256 on the way.
// No redirect, no check, no lock, no part to resume from.
//   node bench/bare/download.mjs <url> <file>
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { get } from 'node:http';

const GATHERED = 4 * 1024 * 1024;
const [url, target] = process.argv.slice(2);
const file = await open(target, 'w');
const digest = createHash('sha256');
const [response] = await once(get(url), 'response');
let chunks = [];
let size = 0;
let position = 0;
let writing = Promise.resolve();

function write() {
  const [piece, start] = [chunks, position];
  position += size;
  chunks = [];
  size = 0;
  writing = writing.then(() => file.writev(piece, start));
  for (const chunk of piece) digest.update(chunk);
}

response.on('data', (chunk) => {
  chunks.push(chunk);
  size += chunk.length;
  if (size < GATHERED) return;
  response.pause();
  write();
  void writing.then(() => response.resume());
});
await once(response, 'end');
write();
await writing;
await file.close();
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const cpuMs = (userCPUTime + systemCPUTime) / 1000;
process.stdout.write(JSON.stringify({ bytes: position, sha256: digest.digest('hex'), cpuMs, rss: maxRSS / 1024 }));
