// One measured run of this package in a process of its own; prints time, peak memory (MB) and CPU times as JSON.
// node client.mjs <dist> <work> <base URL> <directory> <bytes> [files] [latency] [concurrency]
import { performance } from 'node:perf_hooks';

const [dist, work, base, directory, bytes, files = '0', latency = '0', concurrency = '8'] = process.argv.slice(2);
const load = (path) => import(new URL(path, `file://${dist}/`).href);
const began = performance.now();

async function transport() {
  const [{ Transport }, { Redactor }, { resolveClient }] = await Promise.all([
    load('core/http/transport.js'),
    load('core/http/redact.js'),
    load('core/config/client.js'),
  ]);
  const defaults = { centre: 'imap', baseUrlVariable: 'BENCH_BASE_URL' };
  return new Transport({ ...resolveClient({ baseUrl: base }, defaults, new Redactor()), credentialLayer: 'api-key' });
}

function request(url, name) {
  return { operation: 'imap.download', source: name, call: { operation: 'imap.download', url }, directory, name };
}

const works = {
  async download(client) {
    const { downloadOne } = await load('core/transfer/download.js');
    const file = await downloadOne(client, request(`bytes/${bytes}`, 'sdc.bin'), { overwrite: 'replace' });
    if (file.bytes !== Number(bytes) || !/^[0-9a-f]{64}$/u.test(file.sha256)) throw new Error('a wrong file');
  },
  async upload(client) {
    const { fileBody } = await load('core/transfer/upload.js');
    const body = await fileBody(`${directory}/upload.bin`, { operation: 'imap.upload' });
    const { text } = await client.text({ operation: 'imap.upload', method: 'PUT', url: 'sink', body, bulk: true });
    if (JSON.parse(text).bytes !== Number(bytes)) throw new Error('a wrong length');
  },
  async files(client) {
    const { downloadMany } = await load('core/transfer/downloads.js');
    function* requests() {
      for (let at = 0; at < Number(files); at += 1) yield request(`bytes/${bytes}?delay=${latency}`, `small-${at}.bin`);
    }
    let done = 0;
    const options = { overwrite: 'replace', concurrency: Number(concurrency) };
    for await (const file of downloadMany(client, requests(), options)) done += file.bytes === Number(bytes) ? 1 : 0;
    if (done !== Number(files)) throw new Error('a wrong file');
  },
};

const client = await transport();
await works[work](client);
const ms = performance.now() - began;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
client.close();
process.stdout.write(
  JSON.stringify({ ms, rss: maxRSS / 1024, userMs: userCPUTime / 1000, systemMs: systemCPUTime / 1000 }),
);
