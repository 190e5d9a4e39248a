import { describe, expect, it } from 'vitest';
import {
  beginningOf,
  bytesIn,
  clipped,
  gapsIn,
  joined,
  parseExtents,
  withoutLast,
  type Extent,
  type Extents,
} from '../../../src/core/transfer/file/extents.js';
import { Pieces } from '../../../src/core/transfer/body/pieces.js';

const MIB = 1024 * 1024;

/** The same as a set of bytes. */
const bytesOf = (extents: Extents): number[] =>
  extents.flatMap(([from, to]) => Array.from({ length: to - from }, (_unused, at) => from + at));

/** Numbers that look like chance. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

describe('extents', () => {
  it('joined in any order are the set of their bytes, in order and apart', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const draw = chance(seed);
      let extents: Extents = [];
      const truth = new Set<number>();
      for (let turn = 0; turn < 12; turn += 1) {
        const from = draw(40);
        const one: Extent = [from, from + draw(8)];
        extents = joined(extents, one);
        for (const byte of bytesOf([one])) truth.add(byte);
      }
      const sorted = [...truth].sort((one, other) => one - other);
      expect(bytesOf(extents)).toEqual(sorted);
      expect(bytesIn(extents)).toBe(truth.size);
      for (const [at, [from]] of extents.entries()) expect(from).toBeGreaterThan(extents[at - 1]?.[1] ?? -1);
      expect(parseExtents(JSON.parse(JSON.stringify(extents)))).toEqual(extents);
      const total = draw(50);
      expect(bytesOf(gapsIn(extents, total))).toEqual(
        Array.from({ length: total }, (_unused, at) => at).filter((at) => !truth.has(at)),
      );
      expect(bytesOf(clipped(extents, total))).toEqual(sorted.filter((at) => at < total));
    }
  });

  it('say how long the beginning is', () => {
    expect(beginningOf([])).toBe(0);
    expect(beginningOf([[1, 5]])).toBe(0);
    expect(
      beginningOf([
        [0, 5],
        [6, 9],
      ]),
    ).toBe(5);
  });

  it('of a whole file lose the last byte, of another one nothing', () => {
    expect(withoutLast([[0, 9]], 9)).toEqual([[0, 8]]);
    expect(withoutLast([[0, 12]], 9)).toEqual([[0, 8]]);
    expect(
      withoutLast(
        [
          [0, 3],
          [5, 9],
        ],
        9,
      ),
    ).toEqual([
      [0, 3],
      [5, 9],
    ]);
    expect(withoutLast([[0, 9]], undefined)).toEqual([[0, 9]]);
    expect(withoutLast([[0, 1]], 1)).toEqual([]);
  });

  it.each([
    undefined,
    null,
    'text',
    5,
    {},
    [5],
    [[1]],
    [[1, 2, 3]],
    [['0', 5]],
    [[0, 1.5]],
    [[-1, 5]],
    [[5, 5]],
    [[5, 4]],
    [
      [0, 5],
      [5, 9],
    ],
    [
      [4, 9],
      [0, 2],
    ],
    [[0, 2 ** 60]],
  ])('are not read from %j', (value) => {
    expect(parseExtents(value)).toBeUndefined();
  });
});

describe('pieces', () => {
  /** Deals all out to connections that are all as fast. */
  function dealt(there: Extents, total: number, connections: number): Extent[] {
    const pieces = new Pieces(there, total, connections);
    const all: Extent[] = [];
    const busy: { piece: NonNullable<ReturnType<Pieces['next']>>; left: number }[] = [];
    for (;;) {
      while (busy.length < connections) {
        const piece = pieces.next();
        if (piece === undefined) break;
        all.push([piece.at, piece.to]);
        busy.push({ piece, left: piece.to - piece.at });
      }
      if (busy.length === 0) return all;
      const step = Math.min(...busy.map(({ left }) => left));
      for (const one of busy.splice(0)) {
        one.left -= step;
        one.piece.at += step;
        if (one.left === 0) pieces.done(one.piece);
        else busy.push(one);
      }
    }
  }

  it.each([
    [[], 1024 * MIB, 4],
    [[], 1024 * MIB + 1, 3],
    [[], 9 * MIB, 16],
    [[], 1, 4],
    [
      [
        [0, 5 * MIB],
        [9 * MIB, 77 * MIB],
      ] as Extents,
      100 * MIB,
      4,
    ],
    [[[0, 100]] as Extents, 100, 4],
  ])('are what is missing, once each and in order (%j of %i bytes, %i connections)', (there, total, connections) => {
    const all = dealt(there, total, connections);
    expect(all.reduce<Extents>((sum, one) => joined(sum, one), [])).toEqual(gapsIn(there, total));
    expect(bytesIn(all)).toBe(bytesIn(gapsIn(there, total)));
    expect(all).toEqual([...all].sort(([one], [other]) => one - other));
    for (const [from, to] of all) expect(to - from).toBeLessThan(67 * MIB);
  });

  it('end at about the same time, and are not small but at the end of a gap', () => {
    const all = dealt([], 1000 * MIB, 4);
    expect(all.length).toBeLessThan(28);
    const shares = [0, 0, 0, 0];
    for (const [from, to] of all) {
      const least = shares.indexOf(Math.min(...shares));
      shares[least] = (shares[least] ?? 0) + to - from;
    }
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThan(8 * MIB);
  });
});
