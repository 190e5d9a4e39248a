// The least that Node.js takes for many small files: node:http with kept connections, the question to the API and the file from the storage,
// `writeFile`, so many at once. No check, no digest, no lock, no part.
//   node bench/bare/files.mjs <base URL of the API> <directory> <files> <at once>
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { join } from 'node:path';

const [base, directory, files, atOnce] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number(atOnce) });

async function read(url) {
  const [response] = await once(get(url, { agent }), 'response');
  const chunks = [];
  response.on('data', (chunk) => chunks.push(chunk));
  await once(response, 'end');
  return { location: response.headers.location, body: Buffer.concat(chunks) };
}

let next = 0;
async function work() {
  while (next < Number(files)) {
    const name = `file-${next++}.bin`;
    const { location } = await read(`${base}download/${name}`);
    const { body } = await read(location);
    await writeFile(join(directory, name), body);
  }
}

await Promise.all(Array.from({ length: Number(atOnce) }, work));
agent.destroy();
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.stdout.write(JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, rss: maxRSS / 1024 }));
