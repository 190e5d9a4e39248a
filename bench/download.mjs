// One large file with its digest, from nginx out of memory, through the redirect of the API: beside the least that Node.js takes, beside
// curl followed by `openssl sha256`, and beside `curl -o`, which shows that the server has room.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { randomFile } from './lib/files.mjs';
import { bare, OURS, row, sdc, timed, Times } from './lib/measure.mjs';
import { startNginx } from './lib/nginx.mjs';

export async function download({ directory, dist, bytes, rounds }) {
  const small = randomFile(join(directory, 'small.bin'), 1000);
  const whole = await measured({ directory, dist, rounds, bytes, small });
  const quarter = await measured({ directory, dist, rounds, bytes: bytes / 4, small });
  const bareMs = whole.median('bare');
  const mb = (times) => ({ 'peak MB': Math.round(times.most('rss')) });
  return [
    row('download: curl -o', whole.median('curl'), bareMs),
    row('download: curl, then openssl sha256', whole.median('both'), bareMs),
    row('download: bare Node.js', bareMs, bareMs, { 'cpu ms': Math.round(whole.median('bareCpu')) }),
    row('download: sdc, whole process', whole.median('whole'), bareMs, {
      'cpu ms': Math.round(whole.median('cpu')),
      ...mb(whole),
      target: '1.1, 110 MB',
    }),
    row('download: sdc, the call of a client in use', whole.median('used'), bareMs),
    row('download: sdc, a quarter of the size, whole process', quarter.median('whole'), quarter.median('bare'), {
      ...mb(quarter),
      target: 'same peak',
    }),
  ];
}

async function measured({ directory, dist, bytes, rounds, small }) {
  const file = randomFile(join(directory, 'large.bin'), bytes);
  const nginx = await startNginx({ directory, file, small });
  const target = join(directory, 'target.bin');
  const times = new Times();
  try {
    for (let round = 0; round < rounds; round += 1) {
      const curl = await timed('curl', ['-sf', '-o', target, `${nginx.storage}large`]);
      const digest = await timed('openssl', ['sha256', target]);
      rmSync(target);
      const least = await bare('download', [`${nginx.storage}large`, target]);
      rmSync(target);
      const ours = await sdc([dist, 'download', nginx.base, directory, bytes]);
      rmSync(join(directory, OURS));
      times.add({ curl: curl.wallMs, both: curl.wallMs + digest.wallMs, bare: least.wallMs, bareCpu: least.cpuMs });
      times.add({ whole: ours.wallMs, used: ours.usedMs, cpu: ours.cpuMs, rss: ours.rss });
    }
  } finally {
    await nginx.stop();
    rmSync(file);
  }
  return times;
}
