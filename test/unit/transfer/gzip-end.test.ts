import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GzipJudge, isGzip, type Unpacked } from '../../../src/core/transfer/body/ends/gzip.js';
import { jsonEnd } from '../../../src/core/transfer/body/ends/json.js';
import { knownEnd } from '../../../src/core/transfer/body/ends/known-end.js';
import { unpackLimit } from '../../../src/core/transfer/zip/unpack-limit.js';
import { runs } from '../../support/full.js';

async function judged(body: Uint8Array, pieces = body.length, end = knownEnd): Promise<Unpacked> {
  const judge = new GzipJudge(end);
  for (let at = 0; at < body.length; at += pieces) await judge.push(body.subarray(at, at + pieces));
  return judge.finish();
}

const content = Buffer.concat([Buffer.alloc(20_000, 'text'), randomBytes(20_000)]);
const packed = gzipSync(content);

it('a body in gzip is whole when its own end came, in whatever pieces', async () => {
  expect(isGzip(packed)).toBe(true);
  expect(isGzip(content)).toBe(false);
  for (const pieces of [1, 7, 4096, packed.length])
    expect(await judged(packed, pieces)).toEqual({ end: { kind: 'unknown' }, bytes: content.length });
});

it('further members belong to it, and zeros behind the last one do not matter', async () => {
  for (const pieces of [1, 5000, 1_000_000]) {
    expect(await judged(Buffer.concat([packed, packed]), pieces)).toMatchObject({ bytes: 2 * content.length });
    const padded = Buffer.concat([packed, Buffer.alloc(100_000)]);
    expect(await judged(padded, pieces === 1 ? 10 : pieces)).toEqual({
      end: { kind: 'unknown' },
      bytes: content.length,
    });
  }
});

it('one that is cut anywhere is found out', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: packed.length - 1 }),
      fc.integer({ min: 1, max: 9000 }),
      async (length, pieces) => {
        const { end } = await judged(packed.subarray(0, length), pieces);
        expect(end).toMatchObject({ kind: 'cut', why: expect.stringContaining('its gzip data is incomplete') });
      },
    ),
    { numRuns: runs(40), examples: [[packed.length - 1, 9000]] },
  );
});

it('one that is damaged is found out, and never waited for', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 10, max: packed.length - 1 }),
      fc.integer({ min: 1, max: 9000 }),
      async (at, pieces) => {
        const spoiled = Buffer.from(packed);
        spoiled[at] = (spoiled[at] ?? 0) ^ 0xff;
        expect((await judged(spoiled, pieces)).end.kind).toBe('cut');
      },
    ),
    { numRuns: runs(40) },
  );
});

it('what is in it is judged, too', async () => {
  expect((await judged(gzipSync('{"a": [1]}'), 3, jsonEnd)).end.kind).not.toBe('cut');
  expect((await judged(gzipSync('{"a": [1'), 3, jsonEnd)).end).toEqual({ kind: 'cut', why: 'its JSON is not closed' });
});

it('no more is unpacked than a zip archive of its size might hold', async () => {
  expect(unpackLimit(1)).toBe(256 * 1024 ** 2);
  expect(unpackLimit(1024 ** 2)).toBe(1000 * 1024 ** 2);
  expect(unpackLimit(1024 ** 3)).toBe(64 * 1024 ** 3);
  const member = gzipSync(Buffer.alloc(16 * 1024 ** 2), { level: 9 });
  const { end, bytes } = await judged(Buffer.concat(Array.from({ length: 40 }, () => member)), 1024);
  expect(end).toMatchObject({ kind: 'cut', why: expect.stringMatching(/more than the \d+ bytes allowed/u) });
  expect(bytes).toBeLessThan(300 * 1024 ** 2);
});

it('an abort ends it', async () => {
  const abort = new AbortController();
  const judge = new GzipJudge(knownEnd, abort.signal);
  await judge.push(packed.subarray(0, 1000));
  abort.abort(new Error('enough'));
  await judge.push(packed.subarray(1000));
  await expect(judge.finish()).rejects.toThrow('enough');
});

it('nothing is waited for after it was let go', async () => {
  const judge = new GzipJudge(knownEnd);
  const pushed = judge.push(packed);
  judge.close();
  await pushed;
  await judge.push(packed);
  expect(judge.isOver).toBe(true);
});
