import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arguments } from '../../../src/core/operation/arguments.js';
import { orderPackets, PacketScanner, type PacketEntry } from '../../../src/imap/packets/ccsds.js';
import { PACKET_APIDS } from '../../../src/imap/centre.js';
import { apidsOf, bufferMs } from '../../../src/imap/packets/run.js';
import { packet } from './packet.js';
import { dayWindow, daysBetween, pointingsOf, serviceTime } from '../../../src/imap/packets/windows.js';

function scan(file: number, apid: number, ...packets: Uint8Array[]): PacketEntry[] {
  const scanner = new PacketScanner(file, apid);
  expect(scanner.push(Buffer.concat(packets))).toBeUndefined();
  expect(scanner.leftOver).toBe(0);
  return scanner.packets;
}

describe('finding packets', () => {
  it('however the stream is cut', () => {
    const bytes = Buffer.concat([
      packet(1052, 1, 10, 'hello'),
      packet(1052, 2, 11),
      packet(1052, 3, 12, 'z'.repeat(300)),
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length })), (cuts) => {
        const scanner = new PacketScanner(0, 1052);
        const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        edges.slice(1).forEach((edge, at) => scanner.push(bytes.subarray(edges[at], edge)));
        expect(scanner.packets.map(({ offset, sequence, seconds }) => [offset, sequence, seconds])).toEqual([
          [0, 1, 10],
          [15, 2, 11],
          [26, 3, 12],
        ]);
        expect([scanner.leftOver, scanner.foreign]).toEqual([0, false]);
      }),
    );
  });

  it('a broken last packet, another kind and foreign bytes are told apart', () => {
    const cut = new PacketScanner(0, 1052);
    cut.push(Buffer.concat([packet(1052, 1, 10), packet(1052, 2, 11).subarray(0, 8)]));
    expect([cut.packets.length, cut.leftOver]).toEqual([1, 8]);
    const mixed = new PacketScanner(0, 1052);
    expect(mixed.push(Buffer.concat([packet(1052, 1, 10), packet(1068, 2, 11)]))).toContain('byte 11');
    const foreign = new PacketScanner(0, 1052);
    expect(foreign.push(Buffer.from('Mock file content'))).toBeUndefined();
    expect(foreign.foreign).toBe(true);
  });
});

describe('time order without doubles (pitfall 32)', () => {
  const times = (packets: PacketEntry[]): number[][] =>
    packets.map(({ apid, seconds, sequence }) => [apid, seconds, sequence]);

  it('kinds are merged by spacecraft time', () => {
    const a = scan(0, 1052, packet(1052, 1, 10), packet(1052, 2, 14));
    const b = scan(1, 1068, packet(1068, 7, 12), packet(1068, 8, 14));
    expect(times(orderPackets([...b, ...a]))).toEqual([
      [1052, 10, 1],
      [1068, 12, 7],
      [1052, 14, 2],
      [1068, 14, 8],
    ]);
  });

  it('identical packets stay once, equal headers with other content stay both', () => {
    const all = scan(
      0,
      1052,
      packet(1052, 1, 10, 'a'),
      packet(1052, 2, 11),
      packet(1052, 1, 10, 'a'),
      packet(1052, 1, 10, 'b'),
    );
    expect(orderPackets(all)).toHaveLength(3);
  });

  it('sequence counts wrap within a second', () => {
    const all = scan(
      0,
      1052,
      packet(1052, 0, 10),
      packet(1052, 16_383, 10),
      packet(1052, 1, 10),
      packet(1052, 16_382, 10),
    );
    expect(orderPackets(all).map(({ sequence }) => sequence)).toEqual([16_382, 16_383, 0, 1]);
  });

  it('a packet without secondary header stays behind its predecessor', () => {
    const all = scan(0, 1052, packet(1052, 1, 50), packet(1052, 2, 1, 'tail', false), packet(1052, 3, 60));
    expect(orderPackets(all).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it('ordering twice changes nothing, whatever came in', () => {
    const any = fc.array(fc.tuple(fc.integer({ min: 0, max: 16_383 }), fc.integer({ min: 0, max: 5 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(any, (list) => {
        const once = orderPackets(scan(0, 1052, ...list.map(([sequence, seconds]) => packet(1052, sequence, seconds))));
        expect(orderPackets([...once].reverse())).toEqual(once);
        expect(once.map(({ seconds }) => seconds)).toEqual(once.map(({ seconds }) => seconds).sort((a, b) => a - b));
      }),
    );
  });
});

describe('instruments and windows', () => {
  it('application ids and buffers as the archive uses them', () => {
    const counts = Object.fromEntries(Object.entries(PACKET_APIDS).map(([name, apids]) => [name, apids.length]));
    expect(counts).toEqual({
      codice: 18,
      glows: 2,
      hi: 10,
      hit: 3,
      ialirt: 1,
      idex: 3,
      lo: 7,
      mag: 2,
      spacecraft: 1,
      swapi: 2,
      swe: 3,
      ultra: 58,
    });
    expect(['hit', 'mag', 'swapi', 'swe', 'codice', 'lo'].map((name) => bufferMs(name) / 60_000)).toEqual([
      20, 30, 1, 1, 7, 0,
    ]);
  });

  it('an instrument without packets is refused with the list of those that have some (pitfall 56)', () => {
    expect(() => apidsOf(new Arguments('imap.downloadDailyPackets'), 'l1const')).toThrow(
      /imap\.downloadDailyPackets: .*codice, glows, hi/,
    );
    expect(() => apidsOf(new Arguments('x'), 'toString')).toThrow(TypeError);
  });

  it('days and their windows', () => {
    expect(
      daysBetween(Date.UTC(2024, 11, 1, 23), Date.UTC(2024, 11, 3, 0)).map((ms) => new Date(ms).getUTCDate()),
    ).toEqual([1, 2, 3]);
    expect(dayWindow(Date.UTC(2024, 11, 1), 60_000)).toEqual({
      day: '20241201',
      from: '2024-11-30T23:59:00.000000',
      to: '2024-12-02T00:01:00.000000',
    });
    expect(serviceTime(Date.UTC(2024, 11, 1, 23, 59, 59, 999))).toBe('2024-12-01T23:59:59.999000');
  });

  const header =
    'repoint_start_sec_sclk,repoint_start_subsec_sclk,repoint_end_sec_sclk,repoint_end_subsec_sclk,repoint_start_utc,repoint_end_utc,repoint_id';
  const row = (end: string, id: number): string => `1,0,2,0,2024-12-01 00:00:00.000000,${end},${id}`;

  it('pointings last from the end of one manoeuvre to the end of the next; nan makes none (parity 59)', () => {
    const csv = [
      header,
      row('2024-12-01 00:10:00.500000', 1),
      row('2024-12-02 00:10:00.000000', 2),
      row('NaN', 3),
      row('2024-12-04 00:00:00', 4),
      row('2024-12-05 00:00:00', 5),
    ].join('\r\n');
    const pointings = pointingsOf(csv, 'table');
    expect(pointings.map(({ window }) => window)).toEqual([
      { day: '20241201', repointing: 1, from: '2024-12-01T00:10:00.500000', to: '2024-12-02T00:10:00.000000' },
      { day: '20241204', repointing: 4, from: '2024-12-04T00:00:00.000000', to: '2024-12-05T00:00:00.000000' },
    ]);
  });

  it('a packet exactly on the boundary belongs to the later pointing alone (pitfall 32)', () => {
    const csv = [
      header,
      row('2024-12-01 00:00:00', 1),
      row('2024-12-02 00:00:00', 2),
      row('2024-12-03 00:00:00', 3),
    ].join('\n');
    const pointings = pointingsOf(csv, 'table');
    const at = (ms: number): number[] =>
      pointings.filter(({ start, end }) => start <= ms && ms < end).map(({ repointing }) => repointing);
    expect(at(Date.UTC(2024, 11, 2))).toEqual([2]);
    expect(at(Date.UTC(2024, 11, 2) - 1)).toEqual([1]);
    expect(at(Date.UTC(2024, 11, 3))).toEqual([]);
  });

  it('a table without its columns or with unreadable cells is refused', () => {
    expect(() => pointingsOf('a,b\n1,2', 'table')).toThrow('repoint_end_utc');
    expect(() => pointingsOf(`${header}\n${row('yesterday', 1)}`, 'table')).toThrow('line 2');
  });
});
