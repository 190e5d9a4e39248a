// install-node.mjs MAJOR FOLDER: puts the newest Node.js of that major into FOLDER/bin/node, from its npm package.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [major, folder] = process.argv.slice(2);
const binary = resolve(folder, 'bin/node');
const versionOf = (path) => spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';

if (!existsSync(binary) || !versionOf(binary).startsWith(`v${major}.`)) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'bin'), { recursive: true });
  const installed = spawnSync(
    'npm',
    ['install', '--prefix', folder, '--no-save', '--no-package-lock', '--no-audit', '--no-fund', `node@${major}`],
    { stdio: 'inherit' },
  );
  if (installed.status !== 0) process.exit(1);
  symlinkSync(resolve(folder, 'node_modules/node/bin/node'), binary);
}
const version = versionOf(binary);
console.log(version);
process.exitCode = version.startsWith(`v${major}.`) ? 0 : 1;
