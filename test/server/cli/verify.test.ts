import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { tempDir } from '../../support/temp-dir.js';
import { sdc, type Ran } from './run.js';

const paths = ['imap/mag/one.cdf', 'imap/mag/two.cdf', 'imap/swe/three.cdf', 'four.zip', 'five.fits', 'six.fits'];
const sum = (text: string): string => createHash('sha256').update(text).digest('hex');

let folder: string;
const place = (path: string): string => join(folder, path);
const manifest = (): string => place('.sdc/manifest.jsonl');
const verify = (...args: string[]): Promise<Ran> => sdc(['verify', folder, ...args]);

function put(path: string, text: string): void {
  for (const file of [place(path), manifest()]) mkdirSync(dirname(file), { recursive: true });
  writeFileSync(place(path), text);
  const line = { path, bytes: text.length, sha256: sum(text), source: path, fetchedAt: '2026-01-02T03:04:05.000Z' };
  appendFileSync(manifest(), `${JSON.stringify(line)}\n`);
}

beforeEach(() => {
  folder = tempDir();
  for (const path of paths) put(path, `body of ${path}`);
});

test('files as they were recorded: exit code 0, without any centre or setting', async () => {
  expect(await verify()).toEqual({ code: 0, out: '6 files are as recorded (123 B)\n', err: '' });
  expect(await verify('--silent')).toEqual({ code: 0, out: '', err: '' });
});

test('each file that differs or is missing is named, and the exit code is 1', async () => {
  const longer = 'body of imap/mag/one.cdf, and more';
  writeFileSync(place('imap/mag/one.cdf'), longer);
  writeFileSync(place('four.zip'), 'BODY of four.zip');
  rmSync(place('imap/swe'), { recursive: true });
  const { code, out, err } = await verify();
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err.trim().split('\n').sort()).toEqual(
    [
      '3 of 6 failed:',
      '  four.zip: it differs from the manifest',
      '  imap/mag/one.cdf: it differs from the manifest',
      '  imap/swe/three.cdf: it is missing',
    ].sort(),
  );
  const json = await verify('--output', 'json');
  expect(json.code).toBe(1);
  const rows = JSON.parse(json.out) as { readonly status: string; readonly path: string }[];
  expect(rows.map(({ status, path }) => `${status} ${path}`)).toEqual([
    'different imap/mag/one.cdf',
    'ok imap/mag/two.cdf',
    'missing imap/swe/three.cdf',
    'different four.zip',
    'ok five.fits',
    'ok six.fits',
  ]);
  expect((await verify('--output', 'csv')).out).toMatch(/^"status","path","bytes","sha256"\r?\n"different",/u);
});

test('the last line of a path counts: replaced and removed files', async () => {
  put('six.fits', 'a newer body');
  rmSync(place('five.fits'));
  appendFileSync(manifest(), `${JSON.stringify({ path: 'five.fits', removedAt: '2026-02-01T00:00:00.000Z' })}\n`);
  expect((await verify()).out).toMatch(/^5 files are as recorded/u);
});

test('--print-sums prints what sha256sum -c takes', async () => {
  const { code, out, err } = await verify('--print-sums');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toBe(paths.map((path) => `${sum(`body of ${path}`)}  ${path}\n`).join(''));
  const checked = spawnSync('sha256sum', ['-c', '--quiet'], { cwd: folder, input: out, encoding: 'utf8' });
  if (checked.error === undefined) expect(checked).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

test('a line that cannot be read is a warning; lines that lead elsewhere are not followed', async () => {
  appendFileSync(
    manifest(),
    `{"path":"six.fits","by\n{"path":"../out","bytes":1,"sha256":"${sum('x')}","fetchedAt":"x"}\n`,
  );
  const { code, err } = await verify();
  expect(code).toBe(0);
  expect(err).toMatch(/^warning: 2 lines of .*manifest\.jsonl cannot be read/u);
});

test('a folder that is no mirror is wrong usage', async () => {
  rmSync(place('.sdc'), { recursive: true });
  const { code, out, err } = await verify();
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/is not the directory of a mirror: it has no \.sdc.manifest\.jsonl/u);
});
