import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { numbersIn } from '../../../src/read/array/data-types.js';
import { openData } from '../../../src/read/index.js';
import { fileSource, memorySource } from '../../../src/read/source/sources.js';
import { tempDir } from '../../support/temp-dir.js';
import { file as fits, hdu } from './fits/make.js';

function written(content: Uint8Array): string {
  const path = join(tempDir(), 'file');
  writeFileSync(path, content);
  return path;
}

it('bytes of a Buffer come in memory of their own, where numbers of any width can begin', async () => {
  const content = Buffer.from(new Uint8Array(64).buffer, 4, 32).fill(1);
  const bytes = await memorySource(content).read(3, 8);
  expect(bytes.byteOffset % 8).toBe(0);
  bytes.fill(2);
  expect([...content]).toEqual(Array.from({ length: 32 }, () => 1));
});

it('numbers in bytes that are not aligned are copied, those of a Buffer too', () => {
  const bytes = Buffer.from(new ArrayBuffer(17), 1, 16);
  bytes.writeBigInt64BE(-5n, 8);
  expect([...numbersIn(bytes, 'int64', true)]).toEqual([0n, -5n]);
  expect(bytes.readBigInt64BE(8)).toBe(-5n);
});

describe('a large range of a file', () => {
  const content = Uint8Array.from({ length: 5_300_001 }, (_, index) => (index * 31) % 253);

  it('comes whole, from any byte on', async () => {
    const source = await fileSource(written(content));
    expect(Buffer.compare(await source.read(7, 5_299_990), content.subarray(7, 5_299_997))).toBe(0);
    await source.close();
  });

  it('comes in pieces too, each once, which may be changed in place', async () => {
    const source = await fileSource(written(content));
    const bytes = await source.readInPieces!(3, 5_000_000, (piece) => {
      expect(piece.byteOffset % 8).toBe(0);
      for (const [index, byte] of piece.entries()) piece[index] = byte ^ 1;
    });
    const expected = content.slice(3, 5_000_003).map((byte) => byte ^ 1);
    expect(Buffer.compare(bytes, expected)).toBe(0);
    await source.close();
  });

  it('of a file that became shorter is refused', async () => {
    const path = written(content);
    const source = await fileSource(path);
    truncateSync(path, 4_000_000);
    await expect(source.read(0, 5_000_000)).rejects.toMatchObject({ code: 'data', path });
    await source.close();
  });

  it('of big-endian numbers is turned once', async () => {
    const numbers = Buffer.alloc(4 * 700_000);
    for (let index = 0; index < 700_000; index += 1) numbers.writeInt32BE(index * 3001, 4 * index);
    await using file = await openData(written(fits(hdu(32, [700, 1000], numbers))));
    const { data } = await file.variables.get('PRIMARY')!.read({ decode: false });
    const expected = Int32Array.from({ length: 700_000 }, (_, index) => (index * 3001) | 0);
    expect(Buffer.compare(new Uint8Array((data as Int32Array).buffer), new Uint8Array(expected.buffer))).toBe(0);
  });
});
