import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { simulateHmi, simulateImap, simulateScc, type ImapSimulator } from '../../../src/testing/index.js';
import { start } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';
import { sdc, type Ran } from './run.js';

const names = ['05', '06', '07'].map((day) => `imap_mag_l1a_norm-mago_202601${day}_v001.0001.cdf`);
const folder = 'imap/mag/l1a/2026/01';
const summary = (files: string, ...[fresh, changed, there, failed]: number[]): RegExp =>
  new RegExp(
    String.raw`(?:^|\n)${files}: ${fresh} new, ${changed} changed, ${there} already there, ${failed} failed; [\d.]+ [kM]?B in `,
    'u',
  );

let sim: ImapSimulator;
let cwd: string;
let env: Record<string, string>;
beforeEach(async () => {
  sim = simulateImap({ data: { replace: true, files: names.map((name) => ({ name, released: true })) } });
  env = { IMAP_DATA_ACCESS_URL: (await start(sim)).url, IMAP_API_KEY: sim.credentials.apiKey };
  cwd = tempDir();
});

const mirror = (...args: string[]): Promise<Ran> =>
  sdc(['imap', 'mirror', '--instrument', 'mag', '--directory', 'copy', ...args], { env, cwd });
const place = (name: string): string => join(cwd, 'copy', folder, name);
const bodies = (): number =>
  sim.requests.filter(({ service, method }) => service === 'storage' && method === 'GET').length;
const sorted = (text: string): string[] => text.trim().split('\n').sort();
/** A program of this test: prints its arguments, one a line, with a mark of its own. */
function program(code: string): string {
  const path = join(cwd, 'a program.mjs');
  writeFileSync(path, code);
  return `${JSON.stringify(process.execPath)} '${path}'`;
}

test('fetches what is new, says so in a line each, and closes with counts; the second run fetches nothing', async () => {
  const first = await mirror();
  expect(first.code).toBe(0);
  expect(sorted(first.out)).toEqual(names.map((name) => expect.stringMatching(`^new +${folder}/${name} \\(`)));
  expect(first.err).toMatch(summary('3 files', 3, 0, 0, 0));
  const before = bodies();
  const again = await mirror();
  expect(again).toMatchObject({ code: 0, out: '' });
  expect(again.err).toMatch(summary('3 files', 0, 0, 3, 0));
  expect(bodies()).toBe(before);
  expect(await sdc(['verify', join(cwd, 'copy')])).toMatchObject({ code: 0, err: '' });
});

test('--dry-run writes nothing, and counts what a run would do', async () => {
  const { code, out, err } = await mirror('--dry-run');
  expect(code).toBe(0);
  expect(sorted(out)).toEqual(names.map((name) => expect.stringMatching(`^would-fetch +${folder}/${name}`)));
  expect(err).toMatch(summary('3 files', 3, 0, 0, 0));
  expect(err).toContain('dry run: nothing was fetched');
  expect(existsSync(join(cwd, 'copy'))).toBe(false);
  expect(bodies()).toBe(0);
});

test('--include and --exclude take globs, commas and all', async () => {
  const { out } = await mirror(
    '--include',
    'imap/mag/**/*_2026010{5,6}_*',
    '--include',
    '*.none',
    '--exclude',
    names[0] ?? '',
  );
  expect(out).toMatch(new RegExp(`^new +${folder}/${names[1]} .*\n$`, 'u'));
});

test('JSON and CSV tell every file, paths alone those that came', async () => {
  expect((await mirror('--include', names[0] ?? '', '--print-filenames')).out).toBe(`${place(names[0] ?? '')}\n`);
  const { out, err } = await mirror('--output', 'json', '--log-format', 'json');
  const rows = JSON.parse(out) as { readonly status: string; readonly path: string; readonly sha256: string }[];
  expect(rows.map(({ status, path }) => `${status} ${path}`).sort()).toEqual(
    names.map((name, at) => `${at === 0 ? 'unchanged' : 'new'} ${folder}/${name}`).sort(),
  );
  for (const { sha256 } of rows) expect(sha256).toMatch(/^[\da-f]{64}$/u);
  expect(JSON.parse(err.trim().split('\n').at(-1) ?? '')).toEqual({
    files: 3,
    new: 2,
    changed: 0,
    unchanged: 1,
    failed: 0,
    bytes: expect.any(Number) as number,
    seconds: expect.any(Number) as number,
  });
  const csv = await mirror('--output', 'csv');
  expect(csv.out).toMatch(/^"status","path","bytes","sha256","error"\r?\n"unchanged"/u);
  expect((await mirror('--print-filenames')).out).toBe('');
});

test('--verify fetches a damaged file again, which the next plain run would take for whole', async () => {
  await mirror();
  const body = readFileSync(place(names[1] ?? ''));
  writeFileSync(place(names[1] ?? ''), Buffer.alloc(body.length));
  expect((await mirror()).out).toBe('');
  const { code, out, err } = await mirror('--verify');
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`^changed +${folder}/${names[1]} `, 'u'));
  expect(err).toMatch(summary('3 files', 0, 1, 2, 0));
  expect(readFileSync(place(names[1] ?? '')).equals(body)).toBe(true);
});

test('--remove: what the archive no longer has is listed, and deleted only if asked', async () => {
  env.IMAP_API_KEY = '';
  await mirror();
  sim.setReleased(names[2] ?? '', false);
  expect((await mirror()).out).toBe('');
  const listed = await mirror('--remove', 'list');
  expect(listed.out).toMatch(new RegExp(`^removed +${folder}/${names[2]} `, 'u'));
  expect(listed.err).toMatch(/^3 files: 0 new, 0 changed, 2 already there, 0 failed, 1 removed; /mu);
  expect(existsSync(place(names[2] ?? ''))).toBe(true);
  expect((await mirror('--remove', 'delete')).out).toMatch(/^removed /u);
  expect(existsSync(place(names[2] ?? ''))).toBe(false);
});

test('--run starts a program without a shell for each file that came, with its path as one argument', async () => {
  const line = program('for (const arg of process.argv.slice(2)) console.log(`<${arg}>`);');
  const { code, out, err } = await mirror('--include', names[0] ?? '', '--run', `${line} --in={} "a b" '$HOME' | {}`);
  expect(code).toBe(0);
  expect(out).toMatch(/^new /u);
  const path = place(names[0] ?? '');
  expect(err).toMatch(`<--in=${path}>\n<a b>\n<$HOME>\n<|>\n<${path}>\n`);
  const json = await mirror('--include', names[1] ?? '', '--run', line, '--log-format', 'json');
  expect(JSON.parse(json.err.split('\n')[0] ?? '')).toMatchObject({
    level: 'info',
    message: `<${place(names[1] ?? '')}>`,
  });
  expect((await mirror('--include', names[0] ?? '', '--run', line)).err, 'nothing came').not.toContain('<');
});

test('--run: a program that fails is a failure of its file; the others go on', async () => {
  const line = program(`if (process.argv[2].includes('06')) { console.error('no disk'); process.exit(7); }`);
  const { code, out, err } = await mirror('--run', `${line} {}`, '--output', 'json');
  expect(code).toBe(1);
  const failed = (JSON.parse(out) as { readonly path: string; readonly error?: object }[]).filter(({ error }) => error);
  expect(failed).toMatchObject([{ status: 'new', path: `${folder}/${names[1]}`, error: { name: 'Error' } }]);
  expect(err).toMatch(`1 of 3 failed:\n  ${folder}/${names[1]}: ${process.execPath} ended with exit code 7: no disk\n`);
  expect(err).toMatch(summary('3 files', 2, 0, 0, 1));
  for (const name of names) expect(existsSync(place(name))).toBe(true);
});

test.each([
  [['--run', 'no-such-program {}'], /there is no program no-such-program/u],
  [['--run', '{} x'], /must begin with a program/u],
  [['--run', `cat "{}`], /quotation mark/u],
  [['--run', ' '], /must name a program/u],
  [['--bwlimit', '2 M/s'], /--bwlimit must be bytes per second, such as 500k or 2M/u],
  [['--bwlimit', '0'], /--bwlimit/u],
  [['--since', 'yesterday'], /--since must be a date/u],
  [['--remove', 'all'], /--remove/u],
  [['--overwrite', 'unique'], /--overwrite/u],
  [['--include', ''], /^error: --include\[0\] must be a non-empty string/u],
])('%j is wrong usage, before anything is asked', async (args, message) => {
  const { code, out, err } = await mirror(...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(message);
  expect(err).not.toMatch(/maxBytesPerSecond|imap\.mirror/u);
  expect(sim.requests).toEqual([]);
});

test('a failure is named, and the next run brings the file', async () => {
  mkdirSync(join(cwd, 'copy'));
  writeFileSync(join(cwd, 'copy/imap'), 'in the way');
  const failed = await mirror('--include', names[0] ?? '', '--output', 'json');
  expect(failed.code).toBe(1);
  expect(failed.err).toMatch(`1 of 1 failed:\n  ${folder}/${names[0]}: `);
  expect(failed.err).toMatch(summary('1 file', 0, 0, 0, 1));
  expect(JSON.parse(failed.out)).toMatchObject([{ status: 'failed', error: { code: 'transfer' } }]);
  rmSync(join(cwd, 'copy/imap'));
  expect((await mirror('--include', names[0] ?? '')).err).toMatch(summary('1 file', 1, 0, 0, 0));
});

test('warnings of the run are shown', async () => {
  await mirror();
  appendFileSync(join(cwd, 'copy/.sdc/manifest.jsonl'), '{"path":"imap/mag\n');
  const { code, err } = await mirror();
  expect(code).toBe(0);
  expect(err).toMatch(/^warning: 1 lines of .*manifest\.jsonl cannot be read; they are ignored\n3 files: /u);
  expect((await mirror('--log-format', 'json')).err).toMatch(/^\{.*"level":"warning","message":"1 lines of /u);
});

test('--bwlimit, --since and kernels reach the client', async () => {
  const { code, err } = await mirror('--bwlimit', '2M', '--since', '20990101');
  expect(code).toBe(0);
  expect(err).toMatch(summary('0 files', 0, 0, 0, 0));
  const usage = await sdc(['imap', 'mirror', '--table', 'spice'], { env, cwd });
  expect(usage).toMatchObject({ code: 2, err: expect.stringContaining('--table spice needs --type') as string });
});

test('HMI and SCC mirror in the same way', async () => {
  const hmi = await start(simulateHmi());
  const range = ['hmi.sharp_720s', '2015-12-11', '2015-12-11T01:00', 'sharps'];
  const sharps = (): Promise<Ran> =>
    sdc(['hmi', 'mirror', ...range, '--segments', 'magnetogram'], { env: { HMI_BASE_URL: hmi.url }, cwd });
  const first = await sharps();
  expect(first.out).toMatch(/^new +\S+\.fits \(/u);
  expect((await sharps()).err).toMatch(/^(\d+) files: 0 new, 0 changed, \1 already there, 0 failed; 0 B in /u);

  const scc = simulateScc();
  const { url } = await start(scc);
  const { httpAuthUser, httpAuthPassword, username, password } = scc.credentials;
  const login = {
    SCC_BASE_URL: url,
    SCC_HTTP_AUTH_USER: httpAuthUser,
    SCC_HTTP_AUTH_PASSWORD: httpAuthPassword,
    SCC_USERNAME: username,
    SCC_PASSWORD: password,
  };
  const products = (...more: string[]): Promise<Ran> =>
    sdc(
      ['scc', 'mirror', '2021-06-01', '2021-06-02', 'products', '--location', 'aky', '--products', 'optical', ...more],
      {
        env: login,
        cwd,
      },
    );
  expect((await products()).out).toMatch(/^new +\S+\.zip \(/u);
  expect((await products()).err).toMatch(/^(\d+) files?: 0 new, 0 changed, \1 already there, 0 failed; 0 B in /u);
  expect(await products('--products', '../x')).toMatchObject({ code: 2, out: '' });
});
