// Many small files with latency, 8 at once, beside the ideal: files / 8 x latency. And the growth with ten times as many.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, sdc, timed } from './lib/measure.mjs';

const AT_ONCE = 8;
/** Whole FITS blocks, as the HMI client wants them. */
const BYTES = 35 * 2880;

export async function files({ base, directory, dist, rounds, files: count, latencyMs }) {
  const list = join(directory, 'list.txt');
  const lines = Array.from(
    { length: count },
    (_, at) => `url = "${base}${BYTES}/${latencyMs}/download/${at}"\noutput = "${join(directory, `small-${at}.bin`)}"`,
  );
  writeFileSync(list, lines.join('\n'));
  const times = { curl: [], call: [], images: [], rss: [], tinyRss: [], manyRss: [], mostRss: [] };
  for (let round = 0; round < rounds; round += 1) {
    const curl = await timed('curl', [
      '-sf',
      '--no-progress-meter',
      '--parallel',
      '--parallel-max',
      String(AT_ONCE),
      '--config',
      list,
    ]);
    clear(directory);
    const ours = await sdc([dist, 'files', `${base}${BYTES}/${latencyMs}/`, directory, BYTES, count, AT_ONCE]);
    clear(directory);
    const images = await sdc([dist, 'images', `${base}${BYTES}/${latencyMs}/`, directory, BYTES, count, AT_ONCE]);
    clear(directory);
    times.curl.push(curl.wallMs);
    times.images.push(images.ms);
    times.call.push(ours.ms);
    times.rss.push(ours.rss);
  }
  for (let round = 0; round < Math.min(rounds, 3); round += 1) {
    times.tinyRss.push((await sdc([dist, 'files', `${base}1000/0/`, directory, 1000, count, AT_ONCE])).rss);
    clear(directory);
    times.manyRss.push((await sdc([dist, 'files', `${base}1000/0/`, directory, 1000, count * 10, AT_ONCE])).rss);
    clear(directory);
    times.mostRss.push((await sdc([dist, 'files', `${base}1000/0/`, directory, 1000, count * 30, AT_ONCE])).rss);
    clear(directory);
  }
  rmSync(list);
  const ideal = (count / AT_ONCE) * latencyMs;
  const row = (ms) => ({ ms: Math.round(ms), ratio: Number((ms / ideal).toFixed(2)) });
  return [
    { work: `${count} files of 100 kB: ideal`, ...row(ideal) },
    { work: `${count} files of 100 kB: curl --parallel`, ...row(median(times.curl)) },
    {
      work: `${count} files of 100 kB: sdc imap, the call with imports`,
      ...row(median(times.call)),
      target: 1.15,
      'peak MB': Math.round(Math.max(...times.rss)),
    },
    {
      work: `${count} files of 100 kB: sdc hmi, the call with imports`,
      ...row(median(times.images)),
      target: 1.15,
    },
    {
      work: `${count * 10} tiny files against ${count}: growth`,
      'peak MB': Math.round(median(times.manyRss) - median(times.tinyRss)),
      target: 20,
    },
    {
      work: `${count * 30} tiny files against ${count * 10}: growth`,
      'peak MB': Math.round(median(times.mostRss) - median(times.manyRss)),
    },
  ];
}

function clear(directory) {
  for (const name of readdirSync(directory)) if (name !== 'list.txt') rmSync(join(directory, name));
}
