import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tempDir } from '../support/temp-dir.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

function check(folder: string): Promise<{ code: number; printed: string }> {
  return new Promise((done) => {
    const program = [join(folder, 'scripts/api.mjs'), '--check'];
    execFile(process.execPath, program, { cwd: folder, timeout: 120_000 }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : 1, printed: `${stdout}${stderr}` });
    });
  });
}

test('the public API is the one of the reports in etc/api; if a change is meant, `npm run api` writes them', async () => {
  const { code, printed } = await check(root);
  expect(printed).toBe('');
  expect(code).toBe(0);
});

test('a changed API is told line by line, and how to go on', async () => {
  const folder = tempDir();
  await mkdir(join(folder, 'dist'));
  for (const name of ['scripts', 'etc', 'dist/types', 'package.json']) {
    await cp(join(root, name), join(folder, name), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const declarations = join(folder, 'dist/types/hmi/index.d.ts');
  const text = await readFile(declarations, 'utf8');
  await writeFile(declarations, `${text}\n/** New. */\nexport declare const surprise: 42;\n`);
  const { code, printed } = await check(folder);
  expect(code).toBe(1);
  expect(printed).toContain('etc/api/hmi.api.md is not what was built:');
  expect(printed).toContain('+ export const surprise: 42;');
  expect(printed).toContain('npm run api');
});

test('every subpath has its report', async () => {
  const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { exports: object };
  const subpaths = Object.keys(exports).filter((name) => name !== './package.json');
  const names = subpaths.map((name) => `${name === '.' ? 'index' : name.slice(2)}.api.md`);
  expect((await readdir(join(root, 'etc/api'))).sort()).toEqual(names.sort());
});
