// One large file from disk to a presigned address, whose storage answers with the md5 of what came: beside `openssl md5` followed by
// `curl -T`, which together do the same.
import { rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { randomFile } from './lib/files.mjs';
import { OURS, row, sdc, timed, Times } from './lib/measure.mjs';
import { startNginx } from './lib/nginx.mjs';

export async function upload({ directory, dist, bytes, rounds }) {
  const source = randomFile(join(directory, OURS), bytes);
  const { output } = await timed('openssl', ['md5', '-r', source]);
  const md5 = { file: output.slice(0, 32), small: createHash('md5').update('small').digest('hex') };
  const nginx = await startNginx({ directory, md5 });
  const times = new Times();
  try {
    for (let round = 0; round < rounds; round += 1) {
      const digest = await timed('openssl', ['md5', source]);
      const curl = await timed('curl', [
        '-sf',
        '-T',
        source,
        '-H',
        'Expect:',
        '-o',
        '/dev/null',
        `${nginx.sink}curl.bin`,
      ]);
      const ours = await sdc([dist, 'upload', nginx.base, directory, bytes]);
      times.add({ curl: curl.wallMs, both: digest.wallMs + curl.wallMs });
      times.add({ whole: ours.wallMs, used: ours.usedMs, cpu: ours.cpuMs, rss: ours.rss });
    }
  } finally {
    await nginx.stop();
    rmSync(source);
  }
  const both = times.median('both');
  return [
    row('upload: curl -T', times.median('curl'), both),
    row('upload: openssl md5, then curl -T', both, both),
    row('upload: sdc, whole process', times.median('whole'), both, {
      'cpu ms': Math.round(times.median('cpu')),
      'peak MB': Math.round(times.most('rss')),
      target: '0.9, 110 MB',
    }),
    row('upload: sdc, the call of a client in use', times.median('used'), both),
  ];
}
