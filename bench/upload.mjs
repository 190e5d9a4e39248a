// One large file from disk, beside `curl -T`.
import { closeSync, ftruncateSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { median, OURS, sdc, timed } from './lib/measure.mjs';

export async function upload({ base, directory, dist, bytes, rounds }) {
  const source = join(directory, OURS);
  const times = { curl: [], whole: [], call: [], used: [], rss: [] };
  // Real bytes, not a hole: reading a hole is faster than reading a file.
  await timed('curl', ['-sf', '-o', source, `${base}${bytes}/0/download/curl`]);
  const handle = openSync(source, 'r+');
  ftruncateSync(handle, bytes);
  closeSync(handle);
  for (let round = 0; round < rounds; round += 1) {
    const curl = await timed('curl', ['-sf', '-T', source, '-H', 'Expect:', '-o', '/dev/null', `${base}sink`]);
    const ours = await sdc([dist, 'upload', `${base}${bytes}/0/`, directory, bytes]);
    times.curl.push(curl.wallMs);
    times.call.push(ours.ms);
    times.used.push(ours.usedMs);
    times.whole.push(ours.wallMs);
    times.rss.push(ours.rss);
  }
  rmSync(source);
  const curl = median(times.curl);
  const row = (ms) => ({ ms: Math.round(ms), ratio: Number((ms / curl).toFixed(2)) });
  return [
    { work: 'upload: curl -T', ...row(curl) },
    {
      work: 'upload: sdc, the call of a client in use',
      ...row(median(times.used)),
      target: 1.2,
      'peak MB': Math.round(Math.max(...times.rss)),
    },
    { work: 'upload: sdc, imports, a small upload and the call', ...row(median(times.call)) },
    { work: 'upload: sdc, whole process', ...row(median(times.whole)) },
  ];
}
