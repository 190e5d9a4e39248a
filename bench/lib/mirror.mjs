// One run of a mirror in a process of its own; prints as JSON how many files were unchanged, and what it cost.
// node mirror.mjs <dist> <room> <base URL> <credentials as JSON> <folder>
import { performance } from 'node:perf_hooks';

const [dist, room, baseUrl, credentials, directory] = process.argv.slice(2);
const began = performance.now();
const { HmiClient, ImapClient, SCC } = await import(new URL(`bundle/${room}/index.js`, `file://${dist}/`).href);
const begin = {
  imap: () => {
    const client = new ImapClient({ baseUrl });
    return [client, client.mirror({ instrument: 'mag' }, { directory })];
  },
  scc: () => {
    const client = new SCC(JSON.parse(credentials), { baseUrl });
    const query = { dateStart: '2015-01-01', dateEnd: '2016-01-01', products: ['elpp', 'optical'] };
    return [client, client.mirror(query, { directory })];
  },
  hmi: () => {
    const client = new HmiClient({ baseUrl });
    const segments = ['magnetogram', 'continuum', 'bitmap'];
    const query = { start: '2015-01-01', end: '2015-12-14', sliceMs: 400 * 86_400_000, segments };
    return [client, client.mirror('hmi.sharp_720s', query, { directory })];
  },
};
const [client, run] = begin[room]();
const { unchanged } = await run.summary();
const ms = performance.now() - began;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
await client.close();
process.stdout.write(
  JSON.stringify({ unchanged, ms, cpuMs: (userCPUTime + systemCPUTime) / 1000, rss: maxRSS / 1024 }),
);
