// Many files through the redirect of the API, from nginx out of memory, whole processes: with latency beside the ideal and beside the least
// that Node.js takes; tiny ones without latency beside that, and beside `aria2c`. And the growth with ten times as many.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFile } from './lib/files.mjs';
import { bare, row, sdc, timed, Times } from './lib/measure.mjs';
import { has, startNginx } from './lib/nginx.mjs';

/** Whole FITS blocks, as the HMI client wants them. */
const BYTES = 35 * 2880;
const TINY_BYTES = 1000;

export async function files({ directory, dist, rounds, files: count, latencyMs }) {
  const own = { directory, dist, rounds };
  const late = await measured({ ...own, count, bytes: BYTES, atOnce: 8, latencyMs });
  const tiny = await measured({ ...own, count: count * 10, bytes: TINY_BYTES, atOnce: 8, latencyMs: 0 });
  const few = await measured({ ...own, count, bytes: TINY_BYTES, atOnce: 8, latencyMs: 0, onlyOurs: true });
  const most = await measured({
    ...own,
    count: count * 25,
    bytes: TINY_BYTES,
    atOnce: 16,
    latencyMs: 0,
    withAria: true,
  });
  // Of each file: the question to the API, and the file.
  const ideal = (count / 8) * latencyMs * 2;
  const cpu = (times) => ({
    'cpu ms': Math.round(times.median('cpu')),
    'times bare cpu': Number((times.median('cpu') / times.median('bareCpu')).toFixed(2)),
    'peak MB': Math.round(times.most('rss')),
  });
  const bareRow = (work, times, beside) =>
    row(`${work}: bare Node.js`, times.median('bare'), beside, { 'cpu ms': Math.round(times.median('bareCpu')) });
  const titles = [
    `${count} files of 100 kB, 8 at once`,
    `${count * 10} files of 1 kB, 8 at once`,
    `${count * 25} files of 1 kB, 16 at once`,
  ];
  const aria = most.median('aria');
  return [
    row(`${titles[0]}: ideal`, ideal, ideal),
    bareRow(titles[0], late, ideal),
    row(`${titles[0]}: sdc`, late.median('whole'), ideal, { ...cpu(late), target: '1.12, 2 times bare cpu' }),
    bareRow(titles[1], tiny, tiny.median('bare')),
    row(`${titles[1]}: sdc`, tiny.median('whole'), tiny.median('bare'), { ...cpu(tiny), target: '2 times bare cpu' }),
    {
      work: `${titles[1]}: growth of the peak from ${count} on`,
      'peak MB': Math.round(tiny.median('rss') - few.median('rss')),
      target: '25 MB',
    },
    Number.isNaN(aria)
      ? { work: `${titles[2]}: aria2c`, target: 'skipped: not installed' }
      : row(`${titles[2]}: aria2c`, aria, aria),
    bareRow(titles[2], most, aria),
    row(`${titles[2]}: sdc`, most.median('whole'), aria, { ...cpu(most), target: '2' }),
  ];
}

async function measured({
  directory,
  dist,
  rounds,
  count,
  bytes,
  atOnce,
  latencyMs,
  withAria = false,
  onlyOurs = false,
}) {
  const file = randomFile(join(directory, 'one.bin'), bytes);
  const nginx = await startNginx({ directory, file, small: file, latencyMs });
  const target = join(directory, 'files');
  const list = join(directory, 'list.txt');
  const name = (at) => `file-${at}.bin`;
  const lines = Array.from({ length: count }, (_, at) => `${nginx.base}download/${name(at)}\n  out=${name(at)}`);
  writeFileSync(list, lines.join('\n'));
  const times = new Times();
  const fresh = () => {
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target);
  };
  try {
    for (let round = 0; round < rounds; round += 1) {
      if (!onlyOurs) {
        fresh();
        const least = await bare('files', [nginx.base, target, count, atOnce]);
        times.add({ bare: least.wallMs, bareCpu: least.cpuMs });
      }
      fresh();
      const ours = await sdc([dist, 'files', nginx.base, target, bytes, count, atOnce]);
      times.add({ whole: ours.wallMs, cpu: ours.cpuMs, rss: ours.rss });
      if (!withAria || !has('aria2c', '--version')) continue;
      fresh();
      const aria = ['-q', `-j${atOnce}`, '-x1', '--file-allocation=none', '-d', target, '-i', list];
      times.add({ aria: (await timed('aria2c', aria)).wallMs });
    }
  } finally {
    await nginx.stop();
    for (const path of [target, list, file]) rmSync(path, { recursive: true, force: true });
  }
  return times;
}
