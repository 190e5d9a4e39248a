import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complaintOf, type EndJudge } from '../../../src/core/transfer/body/ends/end-judge.js';
import { endOfFile } from '../../../src/core/transfer/body/ends/judge-file.js';
import { StreamJudge } from '../../../src/core/transfer/body/ends/judge-stream.js';
import { jsonEnd } from '../../../src/core/transfer/body/ends/json.js';
import { knownEnd } from '../../../src/core/transfer/body/ends/known-end.js';
import { packetsEnd } from '../../../src/core/transfer/body/ends/packets.js';
import { fitsEnd } from '../../../src/hmi/fits/check.js';
import { makeZip } from '../../../src/testing/kit/zip.js';
import { runs } from '../../support/full.js';
import { tempDir } from '../../support/temp-dir.js';

const FORMATS = join(import.meta.dirname, '../../fixtures/formats');
const dir = tempDir();

/** The complaint about a file, and that about a stream in pieces of some size. */
async function judged(judge: EndJudge, body: Uint8Array, pieces = 700): Promise<(string | undefined)[]> {
  const path = join(dir, 'body');
  writeFileSync(path, body);
  const stream = new StreamJudge(judge);
  for (let at = 0; at < body.length; at += pieces) stream.push(body.subarray(at, at + pieces));
  return [complaintOf(await endOfFile(judge, path, body.length), body.length), stream.finish()];
}

const fits = (...units: readonly [first: string, cards: readonly string[], data: number][]): Buffer =>
  Buffer.concat(
    units.flatMap(([first, cards, data]) => [
      Buffer.from(
        [first, ...cards, 'END']
          .map((card) => card.padEnd(80))
          .join('')
          .padEnd(2880),
      ),
      Buffer.alloc(data, 1),
    ]),
  );
const SIMPLE = 'SIMPLE  =                    T';
const TABLE = "XTENSION= 'BINTABLE'";
const image = (bytes: number): string[] => [
  'BITPIX  =                    8',
  'NAXIS   =                    1',
  `NAXIS1  = ${String(bytes).padStart(20)}`,
];

const MADE: readonly (readonly [name: string, judge: EndJudge, body: Buffer])[] = [
  [
    'a zip archive',
    knownEnd,
    Buffer.from(
      makeZip([
        { name: 'a', data: 'x'.repeat(3000) },
        { name: 'b', data: 'y' },
      ]),
    ),
  ],
  [
    'a stored archive in an archive',
    knownEnd,
    Buffer.from(makeZip([{ name: 'a.zip', data: makeZip([{ name: 'a', data: 'x' }]) }], { store: true })),
  ],
  ['an empty archive', knownEnd, Buffer.from(makeZip([]))],
  ['a FITS image', fitsEnd, fits([SIMPLE, image(5000), 5000])],
  [
    'a FITS table behind an empty first unit',
    fitsEnd,
    fits([SIMPLE, ['BITPIX  = 8', 'NAXIS   = 0'], 0], [TABLE, [...image(2000), 'PCOUNT  = 10', 'GCOUNT  = 1'], 2010]),
  ],
  ['JSON', jsonEnd, Buffer.from(' {"a": [1, NaN, "}\\"", {}], "b": null} \n')],
];
const FILES = readdirSync(FORMATS)
  .filter((name) => !name.endsWith('.md'))
  .map((name) => [name, name.endsWith('.pkts') ? packetsEnd : knownEnd, readFileSync(join(FORMATS, name))] as const);
/** Where a format cannot tell: between two packets, and blanks behind JSON. */
const also = (judge: EndJudge, body: Buffer, length: number): boolean => {
  if (judge === jsonEnd) return body.subarray(0, length).toString().trim() === body.toString().trim();
  for (let at = 0; judge === packetsEnd && at < length; at += 7 + body.readUInt16BE(at + 4))
    if (at + 7 + body.readUInt16BE(at + 4) === length) return true;
  return false;
};

describe.each([...MADE, ...FILES])('%s', (_name, judge, body) => {
  it('is whole, on the disk and as a stream', async () => {
    expect(await judged(judge, body)).toEqual([undefined, undefined]);
    expect(await judged(judge, body, 1)).toEqual([undefined, undefined]);
  });

  it('is found out wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 8, max: body.length - 1 }),
        fc.integer({ min: 1, max: 5000 }),
        async (length, pieces) => {
          if (also(judge, body, length)) return;
          const [file, stream] = await judged(judge, body.subarray(0, length), pieces);
          expect(file, `cut at ${length}`).toBeDefined();
          expect(stream, `cut at ${length}`).toBeDefined();
        },
      ),
      {
        numRuns: runs(60),
        examples: [
          [body.length - 1, 100],
          [body.length - 1, body.length],
        ],
      },
    );
  });

  it('never hangs a judge, whatever is changed in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(Math.min(600, body.length) - 1),
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        async (at, change) => {
          const spoiled = Buffer.from(body);
          spoiled.set(change.subarray(0, spoiled.length - at), at);
          const [file, stream] = await judged(judge, spoiled);
          if (file === undefined) expect(stream).toBeUndefined();
        },
      ),
      { numRuns: runs(60) },
    );
  });
});

it('of nothing, and of a file of another kind, nobody can say that it is whole', async () => {
  const nothing = ['a file of this kind does not say where it ends', undefined];
  expect(await judged(knownEnd, Buffer.alloc(0))).toEqual(nothing);
  expect(await judged(packetsEnd, Buffer.alloc(0))).toEqual(nothing);
  expect(await judged(jsonEnd, Buffer.alloc(0))).toEqual(['its JSON is not closed', 'its JSON is not closed']);
  expect(await judged(knownEnd, Buffer.from('time,value\n1,2\n'))).toEqual([
    'a file of this kind does not say where it ends',
    undefined,
  ]);
});

it('what follows the end of a format is left alone, except behind archives', async () => {
  const more = Buffer.alloc(100);
  for (const [name, judge, body] of [...MADE, ...FILES].filter(([, one]) => one !== packetsEnd && one !== jsonEnd)) {
    const [complaint] = await judged(judge, Buffer.concat([body, more]));
    if (name.includes('archive')) expect(complaint).toContain('does not end with the directory');
    else expect(complaint, name).toBeUndefined();
  }
});

it('a classic netCDF file that leaves open how many records it has is not proved to be whole', async () => {
  const body = Buffer.from(readFileSync(join(FORMATS, 'cdf1_a.nc')));
  body.writeUInt32BE(0xffff_ffff, 4);
  expect(await judged(knownEnd, body)).toEqual(
    Array.from({ length: 2 }, () => 'it does not say how many records it has'),
  );
});

it.each([
  [512, 0],
  [2048, 1],
  [0, 2],
  [0, 3],
])('an HDF5 file tells its end in a superblock at byte %j of version %j', async (at, version) => {
  const body = Buffer.alloc(at + 300);
  Buffer.from('894844460d0a1a0a', 'hex').copy(body, at);
  body[at + 8] = version;
  body[at + (version < 2 ? 13 : 9)] = 8;
  body.writeBigUInt64LE(BigInt(body.length), at + [40, 44, 28, 28][version]!);
  expect(await judged(knownEnd, body)).toEqual([undefined, undefined]);
  expect((await judged(knownEnd, body.subarray(0, -1)))[0]).toContain(`must be ${body.length} bytes long`);
});

it('a zip archive beyond 4 GiB tells its end in a record of its own', async () => {
  const zip = Buffer.from(makeZip([{ name: 'a', data: 'x' }]));
  const end = zip.subarray(-22);
  const directory = zip.indexOf('PK\x01\x02', 0, 'latin1');
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(zip.length - 22 - directory), 40);
  record.writeBigUInt64LE(BigInt(directory), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(zip.length - 22), 8);
  const last = Buffer.from(end);
  last.writeUInt32LE(0xffff_ffff, 12);
  last.writeUInt32LE(0xffff_ffff, 16);
  const large = Buffer.concat([zip.subarray(0, -22), record, locator, last]);
  expect(await judged(knownEnd, large)).toEqual([undefined, undefined]);
  locator.writeBigUInt64LE(0n, 8);
  expect((await judged(knownEnd, Buffer.concat([zip.subarray(0, -22), record, locator, last])))[0]).toBeDefined();
});

it('an abort ends the judging', async () => {
  const path = join(dir, 'aborted');
  writeFileSync(path, readFileSync(join(FORMATS, 'cdf1_a.nc')));
  const reason = new Error('enough');
  await expect(endOfFile(knownEnd, path, 1376, AbortSignal.abort(reason))).rejects.toBe(reason);
});
