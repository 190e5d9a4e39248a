import { Arguments } from '../../../src/core/operation/arguments.js';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { ensureDirectory, listDirectory, removeFile } from '../../../src/core/files/directory.js';
import { toPath } from '../../../src/core/files/paths.js';
import { readRange, readText } from '../../../src/core/files/read-range.js';
import { exists, isFile, statFile } from '../../../src/core/files/stat-file.js';
import { diskWords, isDiskError, systemCode } from '../../../src/core/files/system-error.js';
import { writeAtomic } from '../../../src/core/files/write-atomic.js';
import { tempDir } from '../../support/temp-dir.js';

let dir: string;
const at = (name: string): string => join(dir, name);
beforeEach(() => {
  dir = tempDir();
  writeFileSync(at('ten'), '0123456789');
});

describe('a path', () => {
  it('may be a text or a file URL', () => {
    expect(toPath('a/b')).toBe(resolve('a/b'));
    expect(toPath(pathToFileURL(at('ten')))).toBe(at('ten'));
  });
  it.each([new URL('http://x/'), '', 'a\0b', undefined])('%j is refused', (value) => {
    expect(() => toPath(value as string, 'imap.upload: file')).toThrow(/^imap\.upload: file must/);
  });
});

describe('reading', () => {
  it.each([
    [0, 4, '0123'],
    [8, 10, '89'],
    [20, 5, ''],
    [-3, 5, '789'],
    [-50, 2, '01'],
  ])('from %i, %i bytes: %j', async (start, length, text) => {
    expect(Buffer.from(await readRange(at('ten'), start, length)).toString()).toBe(text);
  });

  it('a text drops the byte order mark and minds the limit', async () => {
    writeFileSync(at('bom'), '\ufeffgrün');
    expect(await readText(at('bom'))).toBe('grün');
    await expect(readText(at('ten'), 9)).rejects.toThrow(RangeError);
    expect(await readText(at('ten'), 10)).toBe('0123456789');
  });
});

describe('looking', () => {
  it('tells a file', async () => {
    expect(await statFile(at('ten'), 'file', new Arguments('scc.x'))).toMatchObject({ bytes: 10, path: at('ten') });
    expect([
      await exists(at('ten')),
      await isFile(at('ten')),
      await isFile(dir),
      await exists(at('no')),
      await isFile(at('no')),
    ]).toEqual([true, true, false, false, false]);
  });
  it.each([
    ['no', 'does not exist'],
    ['ten/x', 'does not exist'],
    ['.', 'is not a file'],
    ['x'.repeat(300), 'cannot be read (ENAMETOOLONG)'],
  ])('refuses %j: it %s', async (name, why) => {
    await expect(statFile(join(dir, name), 'the file', new Arguments('scc.x'))).rejects.toThrow(
      `scc.x: the file ${why}`,
    );
  });
});

describe('writing all at once', () => {
  it('replaces and sets the mode', async () => {
    await writeAtomic(at('ten'), 'new', { mode: 0o600 });
    expect(readFileSync(at('ten'), 'utf8')).toBe('new');
    expect(statSync(at('ten')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(['ten']);
  });
  it('leaves nothing when it fails', async () => {
    mkdirSync(at('folder'));
    await expect(writeAtomic(at('folder'), 'x')).rejects.toMatchObject({ code: 'EISDIR' });
    expect(readdirSync(dir)).toEqual(['folder', 'ten']);
  });
});

describe('a directory', () => {
  it('is made with those above, again and again, also at the same time', async () => {
    await Promise.all([ensureDirectory(at('a/b/c')), ensureDirectory(at('a/b/c')), ensureDirectory(at('a/d'))]);
    await ensureDirectory(at('a/b/c'));
    expect(await listDirectory(at('a'))).toEqual([
      { name: 'b', kind: 'directory' },
      { name: 'd', kind: 'directory' },
    ]);
  });
  it('is not made where a file is', async () => {
    await expect(ensureDirectory(at('ten'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(ensureDirectory(at('ten/below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
  it.runIf(process.platform === 'linux')(
    'that the system refuses with ENOENT ends in an error, not in a loop',
    async () => {
      await expect(ensureDirectory('/proc/not-here/below')).rejects.toMatchObject({ code: 'ENOENT' });
    },
  );
  it('loses a file once', async () => {
    await removeFile(at('ten'));
    await removeFile(at('ten'));
    expect(await listDirectory(dir)).toEqual([]);
  });
});

describe('a failure of the disk', () => {
  it.each([
    ['ENOSPC', 'the disk is full; free some space (ENOSPC)'],
    ['EROFS', 'the file system is read-only; choose another directory (EROFS)'],
    ['EACCES', 'no permission to write there; choose another directory or change its permissions (EACCES)'],
  ])('%s is told in words', (code, words) => {
    const error = Object.assign(new Error('raw'), { code });
    expect([diskWords(error), isDiskError(error), systemCode(error)]).toEqual([words, true, code]);
  });
  it('of another kind keeps its own words', () => {
    const odd = Object.assign(new Error('raw'), { code: 'EODD', syscall: 'write' });
    expect([diskWords(odd), isDiskError(odd)]).toEqual(['raw', true]);
    expect([diskWords('x'), isDiskError('x'), isDiskError(new Error('y')), systemCode(undefined)]).toEqual([
      'the disk failed or refused access',
      false,
      false,
      undefined,
    ]);
  });
});
