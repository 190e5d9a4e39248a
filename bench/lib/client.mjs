// One measured run of this package in a process of its own, as a user's script would be: a client of the packed entry.
// Prints as JSON: `ms` from before its import, `usedMs` the one call on a client that was used before, peak memory (MB), CPU times.
// node client.mjs <dist> <work> <base URL> <directory> <bytes> [files] [concurrency]
import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

const [dist, work, baseUrl, directory, bytes, files = '0', concurrency = '8'] = process.argv.slice(2);
const nameOf = (number) => `imap_swe_l1b_sci_20260101-repoint${String(number).padStart(5, '0')}_v001.0001.cdf`;

const works = {
  async download(imap) {
    const small = new imap.constructor({ baseUrl });
    await small.download(nameOf(2), { directory, overwrite: 'replace' });
    await small.close();
    const start = performance.now();
    const file = await imap.download(nameOf(1), { directory, overwrite: 'replace' });
    if (file.bytes !== Number(bytes) || !/^[0-9a-f]{64}$/u.test(file.sha256)) throw new Error('a wrong file');
    return performance.now() - start;
  },
  async ranges(imap) {
    const start = performance.now();
    const file = await imap.download(nameOf(1), { directory, overwrite: 'replace', connections: Number(files) });
    if (file.bytes !== Number(bytes) || !/^[0-9a-f]{64}$/u.test(file.sha256)) throw new Error('a wrong file');
    return performance.now() - start;
  },
  async upload(imap) {
    writeFileSync(`${directory}/${nameOf(2)}`, 'small');
    await imap.upload(`${directory}/${nameOf(2)}`);
    const start = performance.now();
    const { bytes: sent } = await imap.upload(`${directory}/${nameOf(1)}`);
    if (sent !== Number(bytes)) throw new Error('a wrong length');
    return performance.now() - start;
  },
  async files(imap) {
    const names = Array.from({ length: Number(files) }, (_, number) => nameOf(number));
    const options = { directory, overwrite: 'replace', concurrency: Number(concurrency) };
    let done = 0;
    for await (const file of imap.downloadAll(names, options)) done += file.bytes === Number(bytes) ? 1 : 0;
    if (done !== Number(files)) throw new Error('a wrong file');
  },
};

const began = performance.now();
const { ImapClient } = await import(new URL('bundle/imap/index.js', `file://${dist}/`).href);
const client = new ImapClient({ baseUrl });
const usedMs = await works[work](client);
const ms = performance.now() - began;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
await client.close();
process.stdout.write(JSON.stringify({ ms, usedMs, rss: maxRSS / 1024, cpuMs: (userCPUTime + systemCPUTime) / 1000 }));
