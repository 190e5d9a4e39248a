// Builds dist/ from src/: with plain tsc file by file, for the tests of this repository; and of that what ships: the entries
// bundled (dist/bundle), their declarations (dist/types), the command line (dist/cli), the examples (dist/examples.br) and the licences of what was bundled.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import { bundleCli } from './build/cli.mjs';
import { copyDeclarations } from './build/declarations.mjs';
import { bundleEntries } from './build/entries.mjs';
import { packExamples } from './build/examples.mjs';
import { writeLicences } from './build/licences.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const built = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
copyDeclarations(root);
packExamples(root);
writeLicences(root, [await bundleEntries(root), await bundleCli(root)]);
