import { spawn, type ChildProcess } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOfFile } from '../../../src/core/transfer/body/digest.js';
import type { MirrorSummary } from '../../../src/index.js';
import { isFull } from '../../support/full.js';
import { tempDir } from '../../support/temp-dir.js';
import { until } from '../../support/until.js';
import { bundled } from '../transfer/bundle.js';
import { ARCHIVES, type Archive } from './archives.js';

const PROGRAM = await bundled('../mirror/program.ts');
const NO_SHELL = process.platform === 'win32';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

type Ended = (MirrorSummary & { readonly errors: readonly string[] }) | undefined;

interface Program {
  readonly child: ChildProcess;
  /** How many files it has fetched. */
  readonly done: () => number;
  /** `undefined`: it was killed. */
  readonly ended: Promise<Ended>;
}

interface Line {
  readonly path: string;
  readonly sha256: string;
}

// The engine is one: unless everything is tested, one room stands for the others, and IMAP's has tests of its own besides.
const ROOMS = isFull ? (['imap', 'scc', 'hmi'] as const) : (['scc'] as const);

describe.each(ROOMS)('a mirror of %s', (room) => {
  let archive: Archive;
  let directory: string;
  beforeEach(async () => {
    directory = tempDir();
    archive = await ARCHIVES[room]();
  });

  function program({ clockMs = 0, shell = '', folder = directory } = {}): Program {
    const run = [process.execPath, PROGRAM, JSON.stringify({ ...archive.place, clockMs }), folder];
    const [command = '', ...args] = shell === '' ? run : ['bash', '-c', `${shell}; exec "$0" "$@"`, ...run];
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const ended = new Promise<Ended>((resolve) => {
      child.on('close', (code) => {
        resolve(code === 0 ? (JSON.parse(output.trim().split('\n').at(-1) ?? '') as Ended) : undefined);
      });
    });
    return { child, done: () => output.split('\n')[0]?.split('.').length ?? 0, ended };
  }

  /** How often each body was asked for since the last call. */
  function bodies(): number[] {
    const counts = new Map<string, number>();
    for (const { method, path } of archive.requests)
      if (archive.body.test(`${method} ${path}`)) counts.set(path, (counts.get(path) ?? 0) + 1);
    archive.requests.length = 0;
    return [...counts.values()];
  }

  const all = (): number[] => Array<number>(archive.files).fill(1);
  const manifest = (): string => join(directory, '.sdc/manifest.jsonl');

  /** All files are there as the manifest says, and nothing else is. */
  async function expectWhole(): Promise<void> {
    const lines = new Map<string, Line>();
    for (const text of readFileSync(manifest(), 'utf8')
      .split('\n')
      .filter((one) => one.endsWith('}'))) {
      const line = JSON.parse(text) as Line;
      lines.set(line.path, line);
    }
    expect(lines.size).toBe(archive.files);
    for (const { path, sha256 } of lines.values())
      expect(await digestOfFile(join(directory, path), 'sha256')).toBe(sha256);
    const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => /\.(?:part|lock|tmp)|unpacked/u.test(name))).toEqual([]);
  }

  async function expectNothingNew(): Promise<void> {
    archive.requests.length = 0;
    expect(await program().ended).toMatchObject({ new: 0, changed: 0, unchanged: archive.files, failed: 0 });
    expect(bodies()).toEqual([]);
  }

  it('that is killed goes on where it was, and fetches no file twice but those that were under way', async () => {
    for (const files of [2, 7]) {
      archive.faults.add({
        route: archive.body,
        skip: files,
        times: Infinity,
        fault: { kind: 'stall', afterBytes: 700 },
      });
      const { child, ended } = program();
      await until(() => archive.faults.fired > 0 || child.exitCode !== null);
      child.kill('SIGKILL');
      expect(await ended).toBeUndefined();
      archive.faults.clear();
    }
    const summary = await program().ended;
    expect(summary).toMatchObject({ failed: 0 });
    expect((summary?.new ?? 0) + (summary?.changed ?? 0) + (summary?.unchanged ?? 0)).toBe(archive.files);
    await expectWhole();
    const asked = bodies();
    // Two kills, each with at most six files at work.
    expect(asked.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(archive.files + 12);
    await expectNothingNew();
  });

  it('clears what killed runs have left beside a file that is recorded, and asks for no file', async () => {
    expect(await program().ended).toMatchObject({ new: archive.files, failed: 0 });
    const elsewhere = tempDir();
    archive.faults.add({ route: archive.body, times: Infinity, fault: { kind: 'stall', afterBytes: 100 } });
    const { child, ended } = program({ folder: elsewhere });
    const lockOfKilled = (): string | undefined =>
      readdirSync(elsewhere, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.part.lock'));
    await until(() => lockOfKilled() !== undefined && archive.faults.fired > 0);
    child.kill('SIGKILL');
    expect(await ended).toBeUndefined();
    archive.faults.clear();
    bodies();

    const lock = readFileSync(join(elsewhere, lockOfKilled() ?? ''));
    const [first = '', second = ''] = readFileSync(manifest(), 'utf8').split('\n');
    const [locked, twin] = [first, second].map((line) => join(directory, (JSON.parse(line) as Line).path));
    writeFileSync(`${locked}.part.lock`, lock);
    // Killed when the file had its name already, and the part had not yet lost its own.
    writeFileSync(`${twin}.part.lock`, lock);
    writeFileSync(`${twin}.part.json`, '{}');
    linkSync(twin ?? '', `${twin}.part`);
    writeFileSync(`${manifest()}.lock`, lock);
    writeFileSync(`${manifest()}.0123456789ab.tmp`, '{"path":');
    await expectNothingNew();
    await expectWhole();
  });

  it('that two processes run at once shares the work: each file is asked for once', async () => {
    archive.faults.add({ route: archive.body, times: Infinity, fault: { kind: 'delay', ms: 100 } });
    const both = await Promise.all([program(), program()].map(({ ended }) => ended));
    expect(both.map((one) => one?.errors)).toEqual([[], []]);
    expect(both.reduce((sum, one) => sum + (one?.new ?? 0), 0)).toBe(archive.files);
    await expectWhole();
    expect(bodies()).toEqual(all());
  });

  it('asks for the list alone where nothing is new', async () => {
    expect(await program().ended).toMatchObject({ new: archive.files, failed: 0 });
    expect(bodies()).toEqual(all());
    expect(await program().ended).toMatchObject({ new: 0, unchanged: archive.files });
    const asked = archive.requests.map(({ method, path }) => `${method} ${path}`);
    expect(asked).toEqual(archive.asks.map((ask) => expect.stringMatching(ask) as string));
  });

  // A file system that is full cannot be made without mounting one; a limit of file sizes refuses the same writes.
  it.skipIf(NO_SHELL)('on a disk that takes no body reports each file, and brings them next time', async () => {
    const ended = await program({ shell: "trap '' XFSZ; ulimit -f 1" }).ended;
    expect(ended).toMatchObject({ new: 0, failed: archive.files });
    expect(ended?.errors).toEqual(
      all().map(() => expect.stringMatching(/^transfer: .*could not be written/u) as string),
    );
    expect(await program().ended).toMatchObject({ new: archive.files, failed: 0 });
    await expectWhole();
    await expectNothingNew();
  });

  it.skipIf(NO_SHELL)(
    'on a disk that takes no more lines of the manifest reports the files, and takes them up next time',
    async () => {
      mkdirSync(join(directory, '.sdc'));
      writeFileSync(manifest(), '\n'.repeat(16 * 1024 - 1000));
      const ended = await program({ shell: "trap '' XFSZ; ulimit -f 16" }).ended;
      expect(ended?.new).toBeGreaterThan(0);
      expect(ended?.failed).toBeGreaterThan(0);
      for (const error of ended?.errors ?? [])
        expect(error).toMatch(/^transfer: .*manifest\.jsonl could not be written/u);
      expect(bodies()).toEqual(all());
      expect(await program().ended).toMatchObject({ failed: 0 });
      await expectWhole();
      await expectNothingNew();
    },
  );

  it.each([
    ['years ahead', 20],
    ['years behind', -20],
  ])('loses nothing, and fetches nothing twice, by a clock that is %s in one run', async (_name, years) => {
    archive.faults.add({ route: archive.body, skip: 3, times: 1, fault: { kind: 'status', status: 500 } });
    const clockMs = years * 365 * 86_400_000;
    const wrong = await program({ clockMs }).ended;
    expect((wrong?.new ?? 0) + (wrong?.failed ?? 0)).toBe(archive.files);
    archive.faults.clear();
    bodies();
    expect(await program().ended).toMatchObject({ unchanged: wrong?.new, failed: 0 });
    await expectWhole();
    await expectNothingNew();
    expect(await program({ clockMs }).ended).toMatchObject({ new: 0, changed: 0, unchanged: archive.files, failed: 0 });
    expect(bodies()).toEqual([]);
  });
});
