// One large file with its digest, beside `curl -o` (which computes none) and curl followed by `openssl sha256`.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { median, OURS, sdc, timed } from './lib/measure.mjs';

export async function download({ base, directory, dist, bytes, rounds }) {
  const target = join(directory, 'curl.bin');
  const quarter = bytes / 4;
  const times = { curl: [], both: [], whole: [], call: [], used: [], rss: [], quarterRss: [] };
  for (let round = 0; round < rounds; round += 1) {
    const curl = await timed('curl', ['-sf', '-o', target, `${base}${bytes}/0/download/curl`]);
    const digest = await timed('openssl', ['sha256', target]);
    rmSync(target);
    const ours = await sdc([dist, 'download', `${base}${bytes}/0/`, directory, bytes]);
    rmSync(join(directory, OURS));
    const small = await sdc([dist, 'download', `${base}${quarter}/0/`, directory, quarter]);
    rmSync(join(directory, OURS));
    times.quarterRss.push(small.rss);
    times.curl.push(curl.wallMs);
    times.both.push(curl.wallMs + digest.wallMs);
    times.call.push(ours.ms);
    times.used.push(ours.usedMs);
    times.whole.push(ours.wallMs);
    times.rss.push(ours.rss);
  }
  const curl = median(times.curl);
  const row = (ms) => ({ ms: Math.round(ms), ratio: Number((ms / curl).toFixed(2)) });
  return [
    { work: 'download: curl -o', ...row(curl) },
    { work: 'download: curl, then openssl sha256', ...row(median(times.both)) },
    {
      work: 'download: sdc, the call of a client in use',
      ...row(median(times.used)),
      target: 1.6,
      'peak MB': Math.round(Math.max(...times.rss)),
    },
    {
      work: 'download: sdc, a file of a quarter of the size',
      target: 'same peak',
      'peak MB': Math.round(Math.max(...times.quarterRss)),
    },
    { work: 'download: sdc, imports, a small download and the call', ...row(median(times.call)) },
    { work: 'download: sdc, whole process', ...row(median(times.whole)) },
  ];
}
