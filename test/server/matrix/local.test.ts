import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../support/until.js';
import { attempt, CALM, layOld, OLD, told, wrongs } from './judge.js';
import { calls, expectRepaired, expectSurvivesKill, firstTarget } from './processes.js';
import { filesBelow, scene, type Scene } from './scene.js';
import type { Subject } from './subject.js';
import { bringsFiles, oneOfEach, SUBJECTS } from './subjects.js';

// With another file in the place a download is another one; what is made and uploaded is made as without the upload.
const TO_DISK = SUBJECTS.filter(
  (subject) => bringsFiles(subject) && subject.laid === undefined && subject.sends?.once !== false,
);
const SHARED = TO_DISK.filter(({ kind }) => kind === 'download');
const UPLOADS = SUBJECTS.filter(({ kind }) => kind === 'upload');
const MOVING = [...TO_DISK, ...UPLOADS];
// What needs a process of its own for each call is tested with a call of each kind and centre, unless everything is.
const MEETING = oneOfEach(SHARED);
const KILLED = oneOfEach(MOVING);
const NO_SHELL = process.platform === 'win32' ? 'needs a POSIX shell and its limits' : '';

const scenes: Scene[] = [];
afterEach(async () => {
  await Promise.all(scenes.splice(0).map(({ end }) => end()));
});
beforeAll(() => {
  console.log(
    `local faults: ${TO_DISK.length} calls x 5 faults (directory, file for a folder, read-only, disk full, kill -9) + ${SHARED.length} x two processes + ${UPLOADS.length} uploads x kill -9 = ${TO_DISK.length * 5 + SHARED.length + UPLOADS.length} cells, of them tested ${TO_DISK.length * 4 + MEETING.length + KILLED.length}; left out: ${SUBJECTS.length - TO_DISK.length} calls write no file of their own, or as another call does; ${TO_DISK.length - SHARED.length} x two processes: two orders, with files of their own${NO_SHELL !== '' ? `; read-only, disk full and kill -9: ${NO_SHELL}` : ''}`,
  );
});

async function staged(subject: Subject): Promise<Scene> {
  const made = await scene(subject);
  scenes.push(made);
  return made;
}

describe.each(TO_DISK)('$name', (subject) => {
  it('refuses a target that is a directory, and touches nothing in it', async () => {
    const made = await staged(subject);
    await mkdir(firstTarget(made), { recursive: true });
    await writeFile(join(firstTarget(made), 'kept'), OLD);
    const asked = made.requests.length;
    const outcome = await attempt(subject, made, { ...CALM, concurrency: 1 });
    expect(outcome.error).toMatchObject({ code: 'transfer' });
    expect(
      made.requests.slice(asked).filter(({ path }) => subject.stations[subject.carrier]?.test(`GET ${path}`)),
    ).toEqual([]);
    expect(await readFile(join(firstTarget(made), 'kept'))).toEqual(Buffer.from(OLD));
  });

  it('refuses a folder that is a file', async () => {
    const made = await staged(subject);
    const folder = join(made.at, 'in-the-way');
    await writeFile(folder, OLD);
    const outcome = await attempt(subject, { ...made, at: join(folder, 'deep') }, CALM);
    expect(outcome.error).toMatchObject({ code: 'transfer' });
    expect([...(await filesBelow(made.at)).keys()]).toEqual(['in-the-way']);
  });

  it.runIf(MEETING.includes(subject))('by two processes on one target at a time ends with one right file', async () => {
    const made = await staged(subject);
    const route = subject.stations[subject.carrier] ?? /^/u;
    const requests = subject.files * (subject.pieces ?? 1);
    made.faults.add({ route, times: requests, fault: { kind: 'stall', afterBytes: 700, ms: 700 } });
    const asked = made.requests.length;
    const other = calls([[subject, made]], { ...CALM, overwrite: 'skip' });
    await until(() => made.faults.fired > 0);
    const outcome = await attempt(subject, made, { ...CALM, overwrite: 'skip' });
    expect(told(outcome)).toBe('right');
    expect(await other.outcomes).toEqual([{ ended: 'right' }]);
    expect(await wrongs(subject, made, outcome, { old: false, changed: false })).toEqual([]);
    const carried = made.requests.slice(asked).filter(({ method, path }) => route.test(`${method} ${path}`));
    expect(carried).toHaveLength(requests);
  });
});

describe.skipIf(NO_SHELL !== '')('calls in a process of their own', () => {
  it('refuse a folder where they may not write, with the system’s reason', async () => {
    const jobs = await Promise.all(TO_DISK.map(async (subject) => [subject, await staged(subject)] as const));
    for (const [, made] of jobs) {
      await chmod(dirname(made.at), 0o755);
      await layOld(made);
      // The folders below the target folder are closed, too.
      for (let folder = dirname(firstTarget(made)); folder !== dirname(made.at); folder = dirname(folder))
        await chmod(folder, 0o555);
    }
    const ended = await calls(jobs, CALM, { mode: 'read-only' }).outcomes;
    for (const [at, [subject, made]] of jobs.entries()) {
      expect([subject.name, ended[at]]).toMatchObject([subject.name, { ended: 'transfer', cause: 'EACCES' }]);
      const files = await filesBelow(made.at);
      expect([...files.keys()].sort()).toEqual([...made.truth.keys()].sort());
      for (const bytes of files.values()) expect(bytes).toEqual(Buffer.from(OLD));
      for (let folder = dirname(firstTarget(made)); folder !== dirname(made.at); folder = dirname(folder))
        await chmod(folder, 0o755);
      await expectRepaired(subject, made);
    }
  });

  // A file system that is full cannot be made without mounting one; a limit of file sizes refuses the same writes.
  it('on a disk that takes no more report it, and keep the older file', async () => {
    const jobs = await Promise.all(TO_DISK.map(async (subject) => [subject, await staged(subject)] as const));
    for (const [, made] of jobs) await layOld(made);
    const ended = await calls(jobs, { ...CALM, retries: 0 }, { shell: "trap '' XFSZ; ulimit -f 1" }).outcomes;
    for (const [at, [subject, made]] of jobs.entries()) {
      expect([subject.name, ended[at]]).toMatchObject([subject.name, { ended: 'transfer', cause: 'EFBIG' }]);
      for (const name of made.truth.keys()) expect(await readFile(join(made.at, name))).toEqual(Buffer.from(OLD));
      await expectRepaired(subject, made);
    }
  });

  it.each(KILLED)('$name: kill -9 in the middle, and the next process ends with the right file', async (subject) => {
    await expectSurvivesKill(subject, await staged(subject));
  });
});
