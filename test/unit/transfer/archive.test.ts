import { getEventListeners } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { TransferError } from '../../../src/errors.js';
import { listZip, unpackZip, type UnpackOptions } from '../../../src/core/transfer/zip/unpack.js';
import { zipCheck } from '../../../src/core/transfer/body/checks.js';
import { zipComplaint } from '../../../src/core/transfer/zip/contents.js';
import { makeZip, type ZipInput } from '../../../src/testing/kit/zip.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';

const init = { centre: 'scc', operation: 'scc.downloadProducts' } as const;
let dir: string;
let target: string;

beforeEach(() => {
  dir = tempDir();
  target = join(dir, 'out');
});

function archive(members: readonly ZipInput[], change: (zip: Buffer) => void = () => undefined, store = true): string {
  const zip = Buffer.from(makeZip(members, { store }));
  change(zip);
  const path = join(dir, 'a.zip');
  writeFileSync(path, zip);
  return path;
}

/** Writes a value into the record of the first member in the central directory. */
function patchEntry(offset: number, value: number, bytes: 2 | 4): (zip: Buffer) => void {
  return (zip) => {
    const at = zip.indexOf('PK\x01\x02', 0, 'latin1') + offset;
    if (bytes === 2) zip.writeUInt16LE(value, at);
    else zip.writeUInt32LE(value, at);
  };
}

const unpack = (path: string, options: Partial<UnpackOptions> = {}): Promise<string[]> =>
  unpackZip(path, target, { init, ...options });

async function refused(work: Promise<unknown>): Promise<TransferError> {
  const error = await rejection(work);
  expect(error).toBeInstanceOf(TransferError);
  return error as TransferError;
}

describe('unpacking', () => {
  it('gives every file its place and returns the paths', async () => {
    const path = archive([
      { name: 'id/', data: '' },
      { name: 'id/a.nc', data: 'first' },
      { name: 'id/deep/b.nc', data: 'second' },
      { name: 'empty', data: '' },
    ]);
    const files = await unpack(path);
    expect(files).toEqual(['id/a.nc', 'id/deep/b.nc', 'empty'].map((name) => join(target, name)));
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(['first', 'second', '']);
    expect(readdirSync(dir).sort()).toEqual(['a.zip', 'out']);
  });

  it('leaves out the folder around all', async () => {
    const files = await unpack(
      archive([
        { name: 'id/a.nc', data: 'x' },
        { name: 'other/b.nc', data: 'y' },
      ]),
      { strip: 'id' },
    );
    expect(files).toEqual([join(target, 'a.nc'), join(target, 'other', 'b.nc')]);
  });

  it('inflates', async () => {
    const path = join(dir, 'deflated.zip');
    writeFileSync(path, makeZip([{ name: 'a', data: 'x'.repeat(100_000) }]));
    const [file = ''] = await unpack(path);
    expect(readFileSync(file)).toHaveLength(100_000);
  });

  it('joins a folder that is there, file by file', async () => {
    mkdirSync(target);
    writeFileSync(join(target, 'kept'), 'kept');
    writeFileSync(join(target, 'a'), 'old');
    await unpack(
      archive([
        { name: 'a', data: 'new' },
        { name: 'sub/b', data: 'b' },
      ]),
    );
    expect(readdirSync(target).sort()).toEqual(['a', 'kept', 'sub']);
    expect(readFileSync(join(target, 'a'), 'utf8')).toBe('new');
  });

  it('of a name that comes twice takes the last', async () => {
    const [file = '', ...more] = await unpack(
      archive([
        { name: 'a', data: 'first' },
        { name: 'a', data: 'la' },
      ]),
    );
    expect([readFileSync(file, 'utf8'), more]).toEqual(['la', []]);
  });

  it('of nothing makes an empty folder', async () => {
    expect(await unpack(archive([]))).toEqual([]);
  });

  it('skips links, whatever they point to', async () => {
    const link = archive(
      [
        { name: 'link', data: '/etc/passwd' },
        { name: 'file', data: 'x' },
      ],
      (zip) => {
        patchEntry(4, (3 << 8) | 20, 2)(zip);
        patchEntry(38, (0o120777 << 16) >>> 0, 4)(zip);
      },
    );
    expect(await listZip(link)).toMatchObject([{ kind: 'link' }, { kind: 'file' }]);
    expect(await unpack(link)).toEqual([join(target, 'file')]);
  });

  it.each([
    [0o100644, 'file'],
    [0o040755, 'directory'],
    [0o060644, 'link'],
  ])('tells the mode %o as a %s', async (mode, kind) => {
    const path = archive([{ name: 'x', data: '' }], (zip) => {
      patchEntry(4, (3 << 8) | 20, 2)(zip);
      patchEntry(38, (mode << 16) >>> 0, 4)(zip);
    });
    expect(await listZip(path)).toEqual([{ name: 'x', bytes: 0, kind }]);
  });

  it('makes names safe', async () => {
    const files = await unpack(
      archive([
        { name: './con.nc', data: 'x' },
        { name: 'a//b\u0001', data: 'y' },
      ]),
    );
    expect(files).toEqual([join(target, 'con_.nc'), join(target, 'a', 'b_')]);
  });
});

describe('an archive is refused as a whole', () => {
  it.each(['../evil', 'a/../../evil', '/etc/evil', 'C:/evil', '..\\evil'])(
    'when a member is called %j',
    async (name) => {
      await refused(
        unpack(
          archive([
            { name: 'good', data: 'x' },
            { name, data: 'evil' },
          ]),
        ),
      );
      expect(readdirSync(dir)).toEqual(['a.zip']);
    },
  );

  it('when a checksum does not fit', async () => {
    const path = archive([{ name: 'a', data: 'hello' }], (zip) => {
      zip.write('j', zip.indexOf('hello'));
    });
    const error = await refused(unpack(path));
    expect(error.message).toContain('checksum');
    expect(await zipCheck.whole?.(path, 0, new AbortController().signal)).toContain('checksum');
    expect(readdirSync(dir)).toEqual(['a.zip']);
  });

  it('when a member is encrypted', async () => {
    expect((await refused(unpack(archive([{ name: 'a', data: 'x' }], patchEntry(8, 1, 2), false)))).message).toContain(
      'encrypted',
    );
  });

  it.each([
    ['ab:c', 'ab?c'],
    ['data.nc', 'DATA.nc'],
  ])('when %j and %j would be the same file', async (one, other) => {
    const path = archive([
      { name: one, data: 'x' },
      { name: other, data: 'y' },
    ]);
    expect((await refused(unpack(path))).message).toContain('the same file');
  });

  it('when a member lies about its size', async () => {
    await refused(unpack(archive([{ name: 'a', data: 'hello' }], patchEntry(24, 3, 4))));
  });

  it('when it is cut off or none', async () => {
    const path = archive([{ name: 'a', data: 'hello' }]);
    writeFileSync(path, readFileSync(path).subarray(0, 40));
    await refused(unpack(path));
    expect(await zipCheck.whole?.(path, 40, new AbortController().signal)).toContain('cut off or damaged');
    await refused(unpack(join(dir, 'missing.zip')));
  });

  it('when it holds more than allowed', async () => {
    const path = archive([
      { name: 'a', data: 'hello' },
      { name: 'b', data: 'hello' },
    ]);
    expect(await refused(unpack(path, { limits: { maxEntries: 1 } }))).toMatchObject({ expected: 1, actual: 2 });
    expect(await refused(unpack(path, { limits: { maxBytes: 9 } }))).toMatchObject({ expected: 9, actual: 10 });
    await unpack(path, { limits: { maxBytes: 10, maxEntries: 2 } });
  });

  it('when it would grow beyond all measure', async () => {
    const path = archive([{ name: 'a', data: 'x' }], patchEntry(24, 0xfffffff0, 4), false);
    const error = await refused(unpack(path));
    expect(error.message).toContain('more than');
    expect(error.expected).toBe(256 * 1024 * 1024);
  });

  it('when the folder it joins leads elsewhere through a link', async () => {
    const outside = join(dir, 'outside');
    mkdirSync(outside);
    mkdirSync(target);
    symlinkSync(outside, join(target, 'sub'));
    await refused(unpack(archive([{ name: 'sub/b', data: 'b' }])));
    expect(readdirSync(outside)).toEqual([]);
  });

  it('when its folder cannot be made', async () => {
    writeFileSync(join(dir, 'plain'), '');
    target = join(dir, 'plain', 'below', 'out');
    expect((await refused(unpack(archive([{ name: 'a', data: 'x' }])))).message).toContain('ENOTDIR');
  });
});

describe('an abort', () => {
  const reason = new Error('enough');

  it('ends the unpacking with its reason and leaves nothing', async () => {
    const path = archive([{ name: 'a', data: 'x' }]);
    await expect(unpack(path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const work = unpack(path, { signal: controller.signal });
    controller.abort(reason);
    await expect(work).rejects.toBe(reason);
    expect(readdirSync(dir)).toEqual(['a.zip']);
  });

  it('ends the check with its reason', async () => {
    const work = zipCheck.whole?.(archive([{ name: 'a', data: 'x' }]), 0, AbortSignal.abort(reason));
    await expect(work).rejects.toBe(reason);
  });

  it('ends the check in the middle of a member', async () => {
    const controller = new AbortController();
    const listen = vi.spyOn(controller.signal, 'addEventListener');
    const work = zipComplaint(archive([{ name: 'a', data: Buffer.alloc(32 * 1024 * 1024, 1) }], undefined, false), {
      signal: controller.signal,
    });
    // From the moment when it listens, it reads.
    await vi.waitUntil(() => listen.mock.calls.length > 0, { interval: 1, timeout: 10_000 });
    controller.abort(reason);
    await expect(work).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });
});
