// Ratios of this package beside other tools, side by side in one run: interleaved rounds, medians.
// Servers are Debian's nginx-light and libnginx-mod-http-echo; beside it stand curl, openssl, aria2 and python3-requests.
//   node bench/run.mjs [--only download,upload,files,first,pages,rows,imports,mirror,connections,observing] [--size MiB] [--rounds n] [--files n] [--latency ms] [--dir path]
// A quick look: node bench/run.mjs --size 256 --rounds 3
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { connections } from './connections.mjs';
import { download } from './download.mjs';
import { imports } from './imports.mjs';
import { files } from './many-files.mjs';
import { first } from './first-call.mjs';
import { mirror } from './mirror.mjs';
import { observing } from './observing.mjs';
import { pages } from './pages.mjs';
import { rows } from './rows.mjs';
import { hasNginx } from './lib/nginx.mjs';
import { upload } from './upload.mjs';

const all = { download, upload, files, first, pages, rows, imports, mirror, connections, observing };
const NEEDS_NGINX = new Set(['download', 'upload', 'files', 'first']);
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(all).join(',') },
    size: { type: 'string', default: '1024' },
    rounds: { type: 'string', default: '5' },
    files: { type: 'string', default: '400' },
    latency: { type: 'string', default: '40' },
    dir: { type: 'string', default: existsSync('/dev/shm') ? '/dev/shm' : tmpdir() },
    dist: { type: 'string', default: fileURLToPath(new URL('../dist', import.meta.url)) },
  },
});

const directory = mkdtempSync(join(values.dir, 'sdc-bench-'));
const setting = {
  directory,
  dist: values.dist,
  bytes: Number(values.size) * 1024 * 1024,
  rounds: Number(values.rounds),
  files: Number(values.files),
  latencyMs: Number(values.latency),
};

try {
  const table = [];
  for (const name of values.only.split(',')) {
    if (NEEDS_NGINX.has(name) && !hasNginx)
      table.push({ work: name, target: 'skipped: nginx and its echo module are not installed' });
    else table.push(...(await all[name](setting)));
  }
  console.log(`Node.js ${process.version}, ${values.size} MiB, ${values.rounds} rounds, medians`);
  console.table(Object.fromEntries(table.map(({ work, ...row }) => [work, row])));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
