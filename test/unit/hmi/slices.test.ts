import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arguments } from '../../../src/core/operation/arguments.js';
import { cutIntoSlices } from '../../../src/hmi/slices/fetch-slice.js';

const cut = (start: string, end: string, sliceMs?: number): string[][] => {
  const slices = cutIntoSlices(new Arguments('hmi.query'), { start, end, ...(sliceMs !== undefined && { sliceMs }) });
  return [...Array(slices.count).keys()].map((at) => [slices.slice(at).startText, slices.slice(at).endText]);
};

describe('time slices', () => {
  it('pitfall 18: are half-open days that share their edges', () => {
    expect(cut('2015-12-11', '2015-12-13T06:00Z')).toEqual([
      ['2015-12-11T00:00:00Z', '2015-12-12T00:00:00Z'],
      ['2015-12-12T00:00:00Z', '2015-12-13T00:00:00Z'],
      ['2015-12-13T00:00:00Z', '2015-12-13T06:00:00Z'],
    ]);
  });

  it('pitfall 12: are sent in whole seconds of UTC with Z, whatever zone was given', () => {
    expect(cut('2015-12-11T02:00:00.5+02:00', '2015-12-11T00:30:00.25Z')).toEqual([
      ['2015-12-11T00:00:00Z', '2015-12-11T00:30:01Z'],
    ]);
    expect(cut('2015.12.11_00:00:36_TAI', '2015.12.11_01:00:36_TAI')).toEqual([
      ['2015-12-11T00:00:00Z', '2015-12-11T01:00:00Z'],
    ]);
  });

  it('cover the range without holes, for any length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.integer({ min: 1000, max: 900_000 }),
        (seconds, sliceMs) => {
          const start = new Date(Date.UTC(2015, 0, 1));
          const slices = cutIntoSlices(new Arguments('x'), {
            start,
            end: new Date(start.getTime() + seconds * 1000),
            sliceMs,
          });
          expect(slices.slice(0).start).toBe(start.getTime() * 1000);
          expect(slices.slice(slices.count - 1).end).toBe(slices.end);
          for (let at = 1; at < Math.min(slices.count, 50); at += 1) {
            expect(slices.slice(at).start).toBe(slices.slice(at - 1).end);
            expect(slices.slice(at).end).toBeGreaterThan(slices.slice(at).start);
          }
        },
      ),
    );
  });

  it.each([
    ['2015-12-11', '2015-12-11', undefined, RangeError],
    ['2015-12-12', '2015-12-11', undefined, RangeError],
    ['2015-12-11', '2015-12-12', 999, RangeError],
    ['2015-12-11', '2015-12-12', 1500.5, TypeError],
    ['soon', '2015-12-12', undefined, TypeError],
    ['2015-12-11', 'later', undefined, TypeError],
  ])('%s to %s by %s cannot be cut', (start, end, sliceMs, type) => {
    expect(() => cut(start, end, sliceMs)).toThrow(type);
  });
});
