import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plain } from '../../../src/read/source/open-path.js';
import { memorySource } from '../../../src/read/source/sources.js';
import { rejection } from '../../support/rejection.js';

const opened = (content: Uint8Array) => plain(memorySource(content, 'a.gz'));

it('what was compressed comes back, any part of it, joined members too', async () => {
  const content = Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * index) % 251);
  const packed = Buffer.concat([gzipSync(content.subarray(0, 1_000_000)), gzipSync(content.subarray(1_000_000))]);
  const source = await opened(packed);
  expect(source).toMatchObject({ size: content.byteLength, path: 'a.gz' });
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: content.byteLength }), fc.nat({ max: content.byteLength }), async (one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      expect(Buffer.compare(await source.read(from, to - from), content.subarray(from, to))).toBe(0);
    }),
    { numRuns: 50 },
  );
  await expect(source.read(content.byteLength, 1)).rejects.toMatchObject({ code: 'data' });
});

it('what is not gzip stays as it is', async () => {
  const content = Uint8Array.from({ length: 40 }, (_, index) => index);
  expect(await (await opened(content)).read(0, 40)).toEqual(content);
});

it.each([
  ['cut short', (packed: Uint8Array) => packed.subarray(0, packed.length - 9)],
  ['damaged', (packed: Uint8Array) => packed.map((byte, index) => (index === 40 ? byte ^ 255 : byte))],
])('gzip that is %s is refused', async (_, change) => {
  const packed = gzipSync(Uint8Array.from({ length: 5000 }, (__, index) => (index * index) % 253));
  const error = await rejection(opened(change(packed)));
  expect(error).toMatchObject({ code: 'data', path: 'a.gz' });
  expect((error as Error).message).toContain('damaged or cut short');
});

it('an abort ends the decompression with its reason', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  const packed = gzipSync(new Uint8Array(5000));
  await expect(plain(memorySource(packed), signal)).rejects.toThrow('enough');
});
