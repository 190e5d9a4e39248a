// pack.mjs FOLDER: packs what was built into a tarball there, without another build.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { makePacked, restorePacked } from './build/packed.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const [folder] = process.argv.slice(2);
makePacked(root);
try {
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const { status } = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  process.exitCode = status ?? 1;
} finally {
  restorePacked(root);
}
