// Builds dist/ from src/ with plain tsc, so that file paths equal import paths; the command line becomes one file beside it,
// and the package's entries are bundled into dist/bundle.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const built = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
let status = built.status ?? 1;
for (const bundler of ['bundle-cli.mjs', 'bundle-entries.mjs']) {
  if (status !== 0) break;
  const path = fileURLToPath(new URL(bundler, import.meta.url));
  status = spawnSync(process.execPath, [path], { cwd: root, stdio: 'inherit' }).status ?? 1;
}
process.exitCode = status;
