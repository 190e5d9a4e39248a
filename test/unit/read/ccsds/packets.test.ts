import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openCcsds } from '../../../../src/read/ccsds/open-ccsds.js';
import { messagesOf, packetsOf, readPacket } from '../../../../src/read/ccsds/packets.js';
import { DataError } from '../../../../src/read/data-error.js';
import { memorySource } from '../../../../src/read/source/sources.js';
import type { DataFile } from '../../../../src/read/types.js';
import { runs } from '../../../support/full.js';
import { errorIfAny, rejection } from '../../../support/rejection.js';
import { countingSource } from '../support/counting-source.js';
import { damages } from '../damage/damages.js';
import { digestOf } from '../support/digest.js';
import { samples } from '../support/samples.js';

interface Packet extends Record<string, number | string> {
  readonly offset: number;
  readonly bytes: number;
  readonly sha256: string;
}

interface Expected {
  readonly packets: number;
  readonly first: Packet[];
  readonly last: Packet[];
  readonly apids: Record<string, { packets: number }>;
  readonly lengthsSha256: string;
  readonly offsetsSha256: string;
  readonly shcoarseSha256: string;
}

const files = samples('ccsds').map((sample) => ({ ...sample, expected: JSON.parse(sample.json) as Expected }));
const openFile = (path: string): Promise<DataFile> => openCcsds(memorySource(readFileSync(path), path));
const column = async (file: DataFile, name: string): Promise<number[]> =>
  Array.from((await file.variables.get(name)!.read()).data as Uint32Array);

/** A packet with these numbers in its header. */
function packet(apid: number, flags: number, count: number, data: readonly number[], secondary = 1): number[] {
  const length = data.length - 1;
  const [first, sequence] = [(secondary << 11) | apid, (flags << 14) | count];
  return [first >> 8, first & 255, sequence >> 8, sequence & 255, length >> 8, length & 255, ...data];
}

const opened = (...packets: number[][]): Promise<DataFile> =>
  openCcsds(memorySource(Uint8Array.from(packets.flat()), 'made.pkts'));

it.each(files)('$name has the packets that are in it', async ({ path, expected }) => {
  await using file = await openFile(path);
  expect(file).toMatchObject({ format: 'ccsds', warnings: [], attributes: { packets: expected.packets } });
  expect([...file.variables.keys()].join(' ')).toBe(
    'offset version type secondaryHeader apid sequenceFlags sequenceCount dataLength shcoarse',
  );
  for (const variable of file.variables.values())
    expect(variable).toMatchObject({ shape: [expected.packets], dimensions: ['packet'] });
  const { columns, length } = await file.toTable();
  expect(length).toBe(expected.packets);
  expect(digestOf(await file.variables.get('offset')!.read({ decode: false }))).toBe(expected.offsetsSha256);
  expect(digestOf(await file.variables.get('shcoarse')!.read({ decode: false }))).toBe(expected.shcoarseSha256);
  const lengths = Uint32Array.from(await column(file, 'dataLength'), (value) => value + 7);
  expect(digestOf({ data: lengths })).toBe(expected.lengthsSha256);
  for (const [index, { bytes, sha256, ...header }] of expected.first.entries()) {
    for (const [name, value] of Object.entries(header)) expect(columns.get(name)?.[index], name).toBe(value);
    const found = await readPacket(file, index);
    expect(found.bytes.length).toBe(bytes);
    expect(createHash('sha256').update(found.bytes).digest('hex')).toBe(sha256);
  }
  const last = await readPacket(file, expected.packets - 1);
  expect(createHash('sha256').update(last.bytes).digest('hex')).toBe(expected.last.at(-1)?.sha256);
});

it.each(files)('the packets of $name one after the other are the file', async ({ path, expected }) => {
  await using file = await openFile(path);
  const pieces: Uint8Array[] = [];
  for await (const { bytes } of packetsOf(file)) pieces.push(bytes);
  expect(Buffer.concat(pieces).equals(readFileSync(path))).toBe(true);
  for (const [apid, { packets }] of Object.entries(expected.apids)) {
    let count = 0;
    for await (const found of packetsOf(file, { apid: Number(apid) })) count += found.apid === Number(apid) ? 1 : 0;
    expect(count).toBe(packets);
  }
});

it('segments of a message are joined, without their headers', async () => {
  const lo = files.find(({ name }) => name.includes('lo-pha'))!;
  await using file = await openFile(lo.path);
  const messages = await messagesOf(file).toArray();
  expect(messages.map(({ packets, isComplete }) => [packets, isComplete])).toEqual(
    [[0, 1], [2, 3], [4], [5], [6], [7], [8]].map((packets) => [packets, true]),
  );
  const [first, second] = [await readPacket(file, 0), await readPacket(file, 1)];
  expect(Buffer.from(messages[0]!.bytes)).toEqual(Buffer.concat([first.bytes.subarray(10), second.bytes.subarray(10)]));
  expect(messages[0]).toMatchObject({ apid: 1153, shcoarse: 455481245 });
});

it('other APIDs may lie between segments; what has no beginning or end is not complete', async () => {
  await using file = await opened(
    packet(1, 0, 7, [0, 0, 0, 1, 10]),
    packet(1, 1, 8, [0, 0, 0, 2, 20]),
    packet(2, 3, 1, [0, 0, 0, 2, 99], 0),
    packet(2047, 3, 1, [0, 0, 0, 0]),
    packet(1, 0, 9, [0, 0, 0, 3, 21]),
    packet(1, 2, 10, [0, 0, 0, 4, 22]),
    packet(1, 1, 11, [0, 0, 0, 5, 30]),
    packet(1, 2, 13, [0, 0, 0, 5, 31]),
    packet(1, 1, 14, [0, 0, 0, 6, 40]),
  );
  expect(file.warnings).toEqual(['1 of the packets are idle (APID 2047)']);
  const messages = await messagesOf(file).toArray();
  expect(messages.map(({ apid, shcoarse, bytes, isComplete }) => [apid, shcoarse, [...bytes], isComplete])).toEqual([
    [1, 1, [10], false],
    [2, 2, [0, 0, 0, 2, 99], true],
    [1, 2, [20, 21, 22], true],
    [1, 5, [30, 31], false],
    [1, 6, [40], false],
  ]);
  const whole = await messagesOf(file, { apid: 1, secondaryHeaderBytes: 0 }).toArray();
  expect(whole.map(({ bytes }) => bytes.length)).toEqual([5, 15, 10, 5]);
});

it('a packet of under four bytes of data has no clock', async () => {
  await using file = await opened(packet(5, 3, 1, [1, 2, 3]), packet(5, 3, 2, [0, 0, 1, 0]));
  expect(await column(file, 'shcoarse')).toEqual([0, 256]);
});

it.each([
  [1, 6],
  [5, 2],
  [6, 5],
  [10, 1],
])('%i bytes of a packet at the end are left out with a warning', async (bytes, missing) => {
  const whole = packet(5, 3, 1, [0, 0, 1, 0, 9, 9]);
  const tail = packet(5, 3, 2, [0, 0, 1, 0, 7]).slice(0, bytes);
  await using file = await opened(whole, tail);
  expect(file.variables.get('apid')?.shape).toEqual([1]);
  expect(file.warnings).toEqual([
    `the packet at byte 12 is cut short and left out: at least ${missing} bytes are missing`,
  ]);
});

it('offsets beyond 4 GB are whole numbers', async () => {
  const [packets, bytes] = [70_000, 65_542];
  const header = packet(1, 3, 0, []);
  [header[4], header[5]] = [255, 255];
  const repeated = new Uint8Array(9 * 1024 * 1024);
  for (let at = 0; at + 6 < repeated.length; at += bytes) repeated.set(header, at);
  const source = countingSource({
    path: 'large.pkts',
    size: packets * bytes,
    read: (offset, length) => Promise.resolve(repeated.subarray(offset % bytes, (offset % bytes) + length)),
    close: () => Promise.resolve(),
  });
  await using file = await openCcsds(source);
  const offset = file.variables.get('offset')!;
  expect(offset).toMatchObject({ dtype: 'float64', shape: [packets] });
  expect((await offset.read({ start: [packets - 2], count: [2] })).data).toEqual(
    new Float64Array([packets - 2, packets - 1].map((index) => index * bytes)),
  );
  expect(source.bytesRead).toBeLessThanOrEqual(1.01 * packets * bytes);
});

it('a part of a column is the part of the whole', async () => {
  const { path } = files[0]!;
  await using file = await openFile(path);
  for (const name of file.variables.keys()) {
    const whole = await column(file, name);
    const part = await file.variables.get(name)!.read({ start: [3], count: [4], stride: [2] });
    expect(Array.from(part.data as Uint32Array)).toEqual([3, 5, 7, 9].map((index) => whole[index]));
  }
});

it('no packet is before the first or after the last', async () => {
  await using file = await opened(packet(5, 3, 1, [0]));
  for (const index of [-1, 1, 0.5]) expect(await rejection(readPacket(file, index))).toBeInstanceOf(RangeError);
  expect(() => messagesOf(file, { secondaryHeaderBytes: -1 })).toThrow(RangeError);
});

it.each([
  [{ apdi: 5 }, TypeError, 'unknown option "apdi"; did you mean "apid"?'],
  [{ count: 5 }, TypeError, 'unknown option "count"; the known ones are apid, signal'],
  [{ apid: '5' }, TypeError, 'apid must be a number'],
  [{ apid: 2048 }, RangeError, 'apid is 2048; it must be an integer from 0 to 2047'],
  [{ apid: 5.5 }, RangeError, 'apid is 5.5; it must be an integer from 0 to 2047'],
  [{ signal: {} }, TypeError, 'signal must be an AbortSignal'],
  [null, TypeError, 'options must be an object'],
  [[5], TypeError, 'options must be an object'],
] as const)('options of packets and messages are checked: %j', async (options, type, message) => {
  await using file = await opened(packet(5, 3, 1, [0]));
  const wrong = options as unknown as { apid: number };
  for (const [name, call] of Object.entries({ packetsOf, messagesOf })) {
    expect(() => call(file, wrong)).toThrow(type);
    expect(() => call(file, wrong)).toThrow(`${name}: ${message}`);
  }
});

it('what only messages have is no option of packets', async () => {
  await using file = await opened(packet(5, 3, 1, [0]));
  expect(() => packetsOf(file, { secondaryHeaderBytes: 4 } as object)).toThrow(TypeError);
  expect(() => messagesOf(file, { secondaryHeaderBytes: '4' } as object)).toThrow(TypeError);
  expect((await messagesOf(file, { apid: undefined, more: undefined } as object).next()).value?.apid).toBe(5);
});

it('a damaged file is an answer or a DataError', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), damages, async ({ path }, damage) => {
      const work = async (): Promise<void> => {
        await using file = await openCcsds(memorySource(damage(readFileSync(path)), path));
        await file.toTable();
        for await (const { bytes } of messagesOf(file)) expect(bytes.length).toBeGreaterThanOrEqual(0);
      };
      const error = await errorIfAny(work());
      if (error !== undefined) expect(error).toBeInstanceOf(DataError);
    }),
    { numRuns: runs(500) },
  );
});
