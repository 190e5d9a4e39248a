import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsFile } from '../../../src/hmi/fits/check.js';
import { tempDir } from '../../support/temp-dir.js';
import { runs } from '../../support/full.js';

const card = (text: string): string => text.padEnd(80);
const header = (...cards: string[]): Buffer => {
  const text = cards.map(card).join('');
  return Buffer.from(text.padEnd(Math.ceil(text.length / 2880) * 2880), 'latin1');
};
const image = (axis: number): Buffer =>
  header(
    'SIMPLE  =                    T',
    'BITPIX  =                  -64',
    'NAXIS   =                    2',
    `NAXIS1  = ${axis}`,
    'NAXIS2  = 1 / rows',
    'END',
  );
const extension = (bytes: number): Buffer =>
  header(
    "XTENSION= 'BINTABLE'",
    'BITPIX  = 8',
    'NAXIS   = 2',
    'NAXIS1  = 10',
    'NAXIS2  = 1',
    `PCOUNT  = ${bytes - 10}`,
    'GCOUNT  = 1',
    'END',
  );

const table = (...sizes: string[]): Buffer =>
  header("XTENSION= 'BINTABLE'", 'BITPIX  = 8', 'NAXIS   = 2', ...sizes, 'END');

const folder = tempDir();

async function judge(...parts: Uint8Array[]): Promise<string | undefined> {
  const path = join(folder, 'body');
  const body = Buffer.concat(parts);
  await writeFile(path, body);
  return fitsFile.whole?.(path, body.length);
}

describe('pitfall 7: what a FITS file must look like', () => {
  const head = { status: 200, headers: new Headers(), url: '', redirected: false };
  it('starts with its first card', () => {
    expect(fitsFile.head(image(1).subarray(0, 512), head)).toBeUndefined();
    expect(fitsFile.head(Buffer.from('<html>'), head)).toContain('web page');
    expect(fitsFile.head(Buffer.from('SIMPLE'), head)).toBeDefined();
    expect(fitsFile.head(Buffer.from('{"message":"no"}'), head)).toContain('message');
  });

  it('is as long as its header says', async () => {
    expect(await judge(image(360), Buffer.alloc(2880))).toBeUndefined();
    expect(await judge(image(361), Buffer.alloc(5760))).toBeUndefined();
    expect(await judge(header('SIMPLE  = T', 'BITPIX  = 8', 'NAXIS   = 0', 'END'))).toBeUndefined();
    expect(await judge(image(360), Buffer.alloc(2880), extension(3000), Buffer.alloc(5760))).toBeUndefined();
    expect(await judge(image(360), Buffer.alloc(2880), Buffer.alloc(2880, 'special'))).toBeUndefined();
  });

  it('pitfall 24: a body that ends early is caught, at a block border too', async () => {
    expect(await judge(image(360), Buffer.alloc(100))).toMatch(/calls for 5760 bytes, but fewer arrived/u);
    expect(await judge(Buffer.alloc(0))).toMatch(/not FITS/u);
    expect(await judge(image(361), Buffer.alloc(2880))).toMatch(/calls for 5768 bytes, but fewer arrived/u);
    expect(await judge(image(360), Buffer.alloc(2880), extension(3000), Buffer.alloc(2880))).toMatch(/calls for/u);
    const long = Buffer.concat([image(1).subarray(0, 400), Buffer.alloc(2480, ' ')]);
    expect(await judge(long)).toMatch(/has no END card/u);
  });

  it.each<[string, Buffer]>([
    ['PCOUNT -2880', table('NAXIS1  = 0', 'NAXIS2  = 0', 'PCOUNT  = -2880', 'GCOUNT  = 1')],
    ['GCOUNT -1', table('NAXIS1  = 10', 'NAXIS2  = 1', 'PCOUNT  = 0', 'GCOUNT  = -1')],
    ['NAXIS1 -5', table('NAXIS1  = -5', 'NAXIS2  = 1')],
    ['NAXIS1 is not a whole number', table('NAXIS1  = 4.5', 'NAXIS2  = 1')],
    ['NAXIS1 is not a whole number', table('NAXIS1  = 1E300', 'NAXIS2  = 1')],
    ['NAXIS2 is not a whole number', table('NAXIS1  = 4', 'NAXIS2  = NaN')],
    ['PCOUNT is not a whole number', table('NAXIS1  = 4', 'NAXIS2  = 1', "PCOUNT  = 'none'")],
    ['NAXIS -1', header("XTENSION= 'IMAGE'", 'BITPIX  = 8', 'NAXIS   = -1', 'END')],
    ['NAXIS 1000000000', header("XTENSION= 'IMAGE'", 'BITPIX  = 8', 'NAXIS   = 1000000000', 'END')],
    ['BITPIX 7', header("XTENSION= 'IMAGE'", 'BITPIX  = 7', 'NAXIS   = 1', 'NAXIS1  = 4', 'END')],
    ['sizes of more than', table('NAXIS1  = 9007199254740991', 'NAXIS2  = 9007199254740991')],
  ])('sizes that no file can have are refused: %s', async (words, damaged) => {
    expect(await judge(header('SIMPLE  = T', 'BITPIX  = 8', 'NAXIS   = 0', 'END'), damaged)).toContain(words);
  });

  it('a last unit that lacks its padding is whole, and so is what others put behind it', async () => {
    expect(await judge(image(4), Buffer.alloc(32))).toBeUndefined();
    expect(await judge(image(4), Buffer.alloc(31))).toMatch(/broke off/u);
    expect(await judge(image(360), Buffer.alloc(2880), Buffer.from('\0\0\0'))).toBeUndefined();
    expect(await judge(image(360), Buffer.alloc(2880), Buffer.from('XTEN'))).toMatch(/extension .* is cut off/u);
  });

  it('in gzip it is judged by what is in it, and by its checksum', async () => {
    const fits = Buffer.concat([image(360), Buffer.alloc(2880), extension(3000), Buffer.alloc(5760)]);
    const zipped = gzipSync(fits);
    expect(fitsFile.head(zipped.subarray(0, 512), head)).toBeUndefined();
    expect(await judge(zipped)).toBeUndefined();
    for (const behind of [Buffer.alloc(10), zipped])
      expect(await judge(Buffer.concat([zipped, behind]))).toBeUndefined();
    expect(await judge(zipped.subarray(0, -9))).toMatch(/gzip data is incomplete/u);
    expect(await judge(gzipSync(fits.subarray(0, -4000)))).toMatch(/broke off/u);
    expect(await judge(gzipSync('<html>a page</html>'))).toMatch(/not FITS/u);
    const spoiled = Buffer.from(zipped);
    spoiled.writeUInt32LE(7, zipped.length - 8);
    expect(await judge(spoiled)).toMatch(/gzip data is incomplete/u);
  });

  it('in gzip no more is unpacked than an archive of its size might hold', async () => {
    const whole = Buffer.concat([image(360), Buffer.alloc(2880)]);
    const zeros = gzipSync(Buffer.alloc(16 * 1024 ** 2), { level: 9 });
    const most = Array.from({ length: 6 }, () => zeros);
    expect(await judge(gzipSync(whole), ...most)).toBeUndefined();
    expect(await judge(gzipSync(whole), ...most, ...most, ...most, ...most)).toMatch(
      /more than the \d+ bytes allowed/u,
    );
  });

  it('a header may be long, up to 2000 blocks', async () => {
    const long = (blocks: number): Buffer => {
      const comments = Array.from({ length: 36 * (blocks - 1) }, (_unused, at) => `COMMENT ${at}`);
      return header('SIMPLE  = T', 'BITPIX  = 8', 'NAXIS   = 1', 'NAXIS1  = 5', ...comments, 'END');
    };
    expect(await judge(long(2000), Buffer.alloc(5))).toBeUndefined();
    expect(await judge(long(2000), Buffer.alloc(4))).toMatch(/broke off/u);
    expect(await judge(long(2001), Buffer.alloc(5))).toMatch(/no END card/u);
  });

  it('the unpacking ends with its signal', async () => {
    const path = join(folder, 'body');
    await writeFile(path, gzipSync(image(1)));
    await expect(fitsFile.whole?.(path, 2880, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  it('the walk over the file ends with its signal', async () => {
    const path = join(folder, 'body');
    await writeFile(path, image(1));
    await expect(fitsFile.whole?.(path, 2880, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  it('never runs on, and never throws, whatever the sizes are', async () => {
    const size = fc.oneof(fc.integer({ min: -10_000, max: 10_000 }), fc.maxSafeInteger());
    await fc.assert(
      fc.asyncProperty(
        fc.array(size, { minLength: 6, maxLength: 6 }),
        async ([bitpix, axes, one, two, pcount, gcount]) => {
          const cards = [`BITPIX  = ${bitpix}`, `NAXIS   = ${axes}`, `NAXIS1  = ${one}`, `NAXIS2  = ${two}`];
          const damaged = header("XTENSION= 'BINTABLE'", ...cards, `PCOUNT  = ${pcount}`, `GCOUNT  = ${gcount}`, 'END');
          const words = await judge(header('SIMPLE  = T', 'BITPIX  = 8', 'NAXIS   = 0', 'END'), damaged);
          return words === undefined || words.length > 0;
        },
      ),
      { numRuns: runs(50) },
    );
  });

  it('a header without sizes is left to the reader', async () => {
    expect(await judge(header('SIMPLE  = T'))).toBeUndefined();
    expect(await judge(header('SIMPLE  = T', 'END'), Buffer.alloc(2880))).toBeUndefined();
    expect(await judge(header('SIMPLE  = T', 'BITPIX  = 8', 'NAXIS   = 1', 'END'), Buffer.alloc(2880))).toBeUndefined();
  });
});
