import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { unpackZip } from '../../../src/core/transfer/zip/unpack.js';
import { netcdfOrZipCheck, zipCheck } from '../../../src/core/transfer/body/checks.js';
import { replaceByMember } from '../../../src/core/transfer/zip/replace-by-member.js';
import { zipComplaint } from '../../../src/core/transfer/zip/contents.js';
import type { ZipLimits } from '../../../src/core/transfer/zip/directory.js';
import { makeZip } from '../../../src/testing/kit/zip.js';
import { tempDir } from '../../support/temp-dir.js';

const init = { centre: 'scc', operation: 'scc.downloadProducts' } as const;
const { signal } = new AbortController();
let dir: string;
let path: string;

beforeEach(() => {
  dir = tempDir();
  path = join(dir, 'a.zip');
});

/** Fields of a zip record: [value, bytes], little-endian. */
function record(...fields: readonly (readonly [value: number, bytes: number])[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [, size]) => sum + size, 0));
  let at = 0;
  for (const [value, size] of fields) at = bytes.writeUIntLE(value, at, size);
  return bytes;
}

/** An archive whose members all are one and the same stretch of bytes. */
function overlapping(members: number, unpackedBytes: number): Buffer {
  const plain = Buffer.alloc(unpackedBytes);
  const packed = deflateRawSync(plain);
  const common = [
    [20, 2],
    [0, 2],
    [8, 2],
    [0, 4],
    [crc32(plain), 4],
    [packed.length, 4],
    [plain.length, 4],
  ] as const;
  const local = Buffer.concat([record([0x04034b50, 4], ...common, [1, 2], [0, 2]), Buffer.from('a'), packed]);
  const names = Array.from({ length: members }, (_unused, number) => Buffer.from(`f${number}.nc`));
  const directory = Buffer.concat(
    names.flatMap((name) => [
      record([0x02014b50, 4], [20, 2], ...common, [name.length, 2], [0, 6], [0, 6], [0, 4]),
      name,
    ]),
  );
  const counts = [
    [members, 2],
    [members, 2],
    [directory.length, 4],
    [local.length, 4],
    [0, 2],
  ] as const;
  return Buffer.concat([local, directory, record([0x06054b50, 4], [0, 4], ...counts)]);
}

describe.each<[name: string, work: (signal?: AbortSignal) => Promise<unknown>]>([
  ['checked', () => zipCheck.whole?.(path, 0, signal) ?? Promise.resolve()],
  ['checked among netCDF files', () => netcdfOrZipCheck.whole?.(path, 0, signal) ?? Promise.resolve()],
  ['unpacked', () => unpackZip(path, join(dir, 'out'), { init }).catch((error: unknown) => (error as Error).message)],
  [
    'searched for a member',
    () => replaceByMember(path, () => true, init, signal).catch((error: unknown) => (error as Error).message),
  ],
])('an archive that is %s', (_how, work) => {
  it('is refused when members are made of the same bytes, however little it is', async () => {
    writeFileSync(path, overlapping(2, 10));
    expect(await work()).toContain('overlaps another one');
    expect(readdirSync(dir)).toEqual(['a.zip']);
  });

  it('is refused before a byte is unpacked when it would grow beyond the limits', async () => {
    // 1.2 MB that would be 2 TB: nothing that reads a member would come to an end here.
    writeFileSync(path, overlapping(20_000, 100_000_000));
    expect(await work()).toContain('more than the');
    expect(readdirSync(dir)).toEqual(['a.zip']);
  });
});

describe('the limits of a check', () => {
  const checked = (limits: ZipLimits): Promise<string | undefined> => zipComplaint(path, { limits });
  beforeEach(() => {
    writeFileSync(
      path,
      makeZip([
        { name: 'a', data: 'hello' },
        { name: 'b', data: 'hello' },
      ]),
    );
  });

  it('are those of the unpacking', async () => {
    expect(await checked({ maxEntries: 1 })).toContain('2 entries, more than the 1 allowed');
    expect(await checked({ maxBytes: 9 })).toContain('10 bytes, more than the 9 allowed');
    expect(await checked({ maxEntries: 2, maxBytes: 10 })).toBeUndefined();
  });

  it('let members stand that were appended under the same name', async () => {
    writeFileSync(
      path,
      makeZip([
        { name: 'a', data: 'first' },
        { name: 'a', data: 'second' },
      ]),
    );
    expect(await checked({})).toBeUndefined();
  });
});
