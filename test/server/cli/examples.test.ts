import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exampleFile } from '../../support/example-file.js';
import { tempDir } from '../../support/temp-dir.js';
import { sdcProcess } from './run.js';

test('sdc examples copies everything, and replaces nothing that is there', async () => {
  const cwd = tempDir();
  const first = await sdcProcess(['examples'], { cwd });
  expect(first.code, first.err).toBe(0);
  expect(first.out).toMatch(/^\d+ files copied to sdc-examples, 0 already there\n$/u);
  const file = join(cwd, 'sdc-examples/data/hmi-magnetogram.fits');
  expect(readFileSync(file).equals(readFileSync(exampleFile('hmi-magnetogram.fits')))).toBe(true);
  const notebook = readFileSync(join(cwd, 'sdc-examples/notebooks/scc.ipynb'), 'utf8');
  expect(JSON.parse(notebook)).toHaveProperty('cells');
  expect(notebook).not.toContain('image/svg+xml');

  const own = join(cwd, 'sdc-examples/quick-look.ts');
  await writeFile(own, '// mine\n');
  const again = await sdcProcess(['examples'], { cwd });
  expect(again.code, again.err).toBe(0);
  expect(again.err).toContain(
    `warning: ${join('sdc-examples', 'quick-look.ts')} already exists with other content and was kept`,
  );
  expect(again.out).toContain('0 files copied');
  expect(readFileSync(own, 'utf8')).toBe('// mine\n');
});

test('what cannot be written is told by its name', async () => {
  const cwd = tempDir();
  await writeFile(join(cwd, 'taken'), '');
  const { code, err } = await sdcProcess(['examples', 'taken'], { cwd });
  expect(code).toBe(1);
  expect(err).toContain(`${join('taken', 'data', 'SOURCES.md')}: `);
  expect(err).not.toContain('defect');
});

test('as JSON: each file with what became of it', async () => {
  const cwd = tempDir();
  const { out } = await sdcProcess(['examples', 'here', '--output', 'json'], { cwd });
  const rows = JSON.parse(out) as { status: string; path: string; bytes: number }[];
  expect(rows).toContainEqual({ status: 'copied', path: join('here', 'data', 'vegetation-crop.bil'), bytes: 288 });
});
