import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { existingAt, publish } from '../../../src/core/transfer/file/publish.js';
import { tempDir } from '../../support/temp-dir.js';

const fs = vi.hoisted(() => ({ linkCode: undefined as string | undefined }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    link: (from: string, to: string) =>
      fs.linkCode === undefined
        ? real.link(from, to)
        : Promise.reject(Object.assign(new Error('no links'), { code: fs.linkCode })),
  };
});

let dir: string;
const at = (name: string): string => join(dir, name);
beforeEach(() => {
  dir = tempDir();
  writeFileSync(at('a.part'), 'new');
  fs.linkCode = undefined;
});

describe.each([undefined, 'EPERM', 'ENOTSUP'])('placing where links fail with %s', (code) => {
  beforeEach(() => {
    fs.linkCode = code;
  });

  it.each(['skip', 'update', 'error', 'unique', 'replace'] as const)('takes a free name (%s)', async (mode) => {
    expect(await publish(at('a.part'), dir, 'a', mode)).toBe(at('a'));
    expect(readdirSync(dir)).toEqual(['a']);
    expect(readFileSync(at('a'), 'utf8')).toBe('new');
  });

  it.each(['skip', 'update', 'error'] as const)('never takes a name that is taken (%s)', async (mode) => {
    writeFileSync(at('a'), 'old');
    expect(await publish(at('a.part'), dir, 'a', mode)).toBeUndefined();
    expect(readFileSync(at('a'), 'utf8')).toBe('old');
    expect(readdirSync(dir)).toEqual(['a', 'a.part']);
  });

  it('finds the next free number', async () => {
    writeFileSync(at('a'), 'old');
    writeFileSync(at('a.1'), 'old');
    expect(await publish(at('a.part'), dir, 'a', 'unique')).toBe(at('a.2'));
  });

  it('replaces all at once', async () => {
    writeFileSync(at('a'), 'old');
    expect(await publish(at('a.part'), dir, 'a', 'replace')).toBe(at('a'));
    expect(readFileSync(at('a'), 'utf8')).toBe('new');
  });
});

describe('placing on a disk that fails', () => {
  it('fails as the disk does', async () => {
    fs.linkCode = 'EIO';
    await expect(publish(at('a.part'), dir, 'a', 'skip')).rejects.toMatchObject({ code: 'EIO' });
  });
});

describe('what has the name already', () => {
  it.each([
    ['nothing', () => undefined, { kind: 'none' }],
    ['a file', () => writeFileSync(at('x'), '12345'), { kind: 'file', bytes: 5 }],
    ['a directory', () => mkdirSync(at('x')), { kind: 'other' }],
    ['a link to a file', () => symlinkSync(at('a.part'), at('x')), { kind: 'file', bytes: 3 }],
    ['a link to nowhere', () => symlinkSync(at('nowhere'), at('x')), { kind: 'other' }],
    ['a link to a directory', () => symlinkSync(dir, at('x')), { kind: 'other' }],
  ])('is %s', async (_what, make, expected) => {
    make();
    expect(await existingAt(at('x'))).toMatchObject(expected);
  });

  it('cannot be told below a file', async () => {
    await expect(existingAt(join(at('a.part'), 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
