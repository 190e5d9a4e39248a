// Runs the examples of the guide on reading that draw its pictures: node scripts/guide-plots.mjs FOLDER
// The pictures are then in FOLDER; with docs/assets as the folder those of the guide are renewed.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const [, , folder = 'docs/assets'] = process.argv;
const guide = readFileSync(join(root, 'docs/reading.md'), 'utf8');
const pictures = [...guide.matchAll(/^```ts run\n(.*?)^```$/gmsu)].filter(([, code = '']) =>
  code.includes("to: 'reading-"),
);

mkdirSync(join(root, '.cache'), { recursive: true });
const work = mkdtempSync(join(root, '.cache/guide-plots-'));
try {
  cpSync(join(root, 'examples/data'), work, { recursive: true });
  writeFileSync(join(work, 'guide.mts'), pictures.map((_, at) => `await import('./picture-${at}.mjs');\n`).join(''));
  for (const [at, [, code]] of pictures.entries())
    writeFileSync(join(work, `picture-${at}.mts`), `${code}\nexport {};\n`);
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  execFileSync(process.execPath, [tsx, '--tsconfig', join(root, 'tsconfig.json'), 'guide.mts'], {
    cwd: work,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  for (const name of readdirSync(work))
    if (/^reading-.*\.(?:svg|png)$/u.test(name)) cpSync(join(work, name), join(folder, name));
} finally {
  rmSync(work, { recursive: true, force: true });
}
