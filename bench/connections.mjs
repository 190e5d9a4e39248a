// One large file from a storage that gives 20 MB/s to each connection, 40 ms away: four connections beside one, and beside `aria2c -x4`,
// which makes no digest. With nginx and its echo module, and with a server of Node.js that gives nothing in advance (nginx lets each
// request begin with the bytes of a second, which flatters a client that sends many).
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startApi, startStorage } from './lib/archive.mjs';
import { randomFile } from './lib/files.mjs';
import { has } from './lib/nginx.mjs';
import { median, OURS, sdc, timed } from './lib/measure.mjs';

const CONNECTIONS = 4;
const BYTES_PER_SECOND = 20_000_000;

export async function connections({ directory, dist, bytes, rounds, latencyMs }) {
  const file = join(directory, 'large.cdf');
  randomFile(file, bytes);
  const table = [];
  for (const mayBeNginx of [true, false]) {
    const setting = { file, directory, bytesPerSecond: BYTES_PER_SECOND, latencyMs, mayBeNginx };
    const storage = await startStorage(setting);
    const api = await startApi(storage.url, latencyMs);
    try {
      if (mayBeNginx && storage.kind !== 'nginx')
        table.push({ work: 'connections: nginx with limit_rate and echo', target: 'skipped: not installed' });
      else table.push(...(await measured({ storage, api, directory, dist, bytes, rounds })));
    } finally {
      api.stop();
      await storage.stop();
    }
  }
  rmSync(file);
  return table;
}

async function measured({ storage, api, directory, dist, bytes, rounds }) {
  const ours = async (count) => {
    const run = await sdc([dist, 'ranges', api.base, directory, bytes, count]);
    rmSync(join(directory, OURS));
    return run;
  };
  const times = { one: [], four: [], rss: [], aria: [] };
  const hasAria = has('aria2c', '--version');
  for (let round = 0; round < rounds; round += 1) {
    // Its time is that of the bytes: the spread of one connection is no part of the question.
    if (round === 0) times.one.push((await ours(1)).usedMs);
    const four = await ours(CONNECTIONS);
    times.four.push(four.usedMs);
    times.rss.push(four.rss);
    if (!hasAria) continue;
    const args = [
      '-q',
      `-x${CONNECTIONS}`,
      '--file-allocation=none',
      '--allow-overwrite=true',
      '-d',
      directory,
      '-o',
      'aria.bin',
    ];
    times.aria.push((await timed('aria2c', [...args, storage.url])).wallMs);
    rmSync(join(directory, 'aria.bin'));
  }
  const four = median(times.four);
  const name = `connections (${storage.kind})`;
  const row = (ms) => ({ ms: Math.round(ms) });
  return [
    { work: `${name}: sdc, one`, ...row(median(times.one)) },
    {
      work: `${name}: sdc, four; times as fast as one`,
      ...row(four),
      ratio: Number((median(times.one) / four).toFixed(2)),
      target: 3.5,
      'peak MB': Math.round(Math.max(...times.rss)),
    },
    hasAria
      ? {
          work: `${name}: aria2c -x4; sdc takes so many times as long`,
          ...row(median(times.aria)),
          ratio: Number((four / median(times.aria)).toFixed(3)),
          target: 1.05,
        }
      : { work: `${name}: aria2c -x4`, target: 'skipped: not installed' },
  ];
}
