// Builds dist/ from src/ with plain tsc, so that file paths equal import paths; the command line becomes one file beside it.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const built = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
const bundler = fileURLToPath(new URL('bundle-cli.mjs', import.meta.url));
const bundled = built.status === 0 ? spawnSync(process.execPath, [bundler], { cwd: root, stdio: 'inherit' }) : built;
process.exitCode = bundled.status ?? 1;
