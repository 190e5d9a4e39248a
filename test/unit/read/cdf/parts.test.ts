import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCdf } from '../../../../src/read/cdf/open-cdf.js';
import { memorySource } from '../../../../src/read/source/sources.js';
import type { NdArray, Variable } from '../../../../src/read/types.js';
import { runs } from '../../../support/full.js';
import { countingSource } from '../support/counting-source.js';
import { makeCdf, numbers, type MadeBlock } from './make-cdf.js';
import { openSample, samples } from './samples.js';

/** The part of an array by its indices, one element after the other. */
function partOf({ data, shape, strides }: NdArray, start: number[], count: number[], stride: number[]): unknown[] {
  const elements: unknown[] = [];
  const walk = (axis: number, at: number): void => {
    if (axis === shape.length) elements.push((data as ArrayLike<unknown>)[at]);
    else
      for (let index = 0; index < count[axis]!; index += 1)
        walk(axis + 1, at + (start[axis]! + index * stride[axis]!) * strides[axis]!);
  };
  walk(0, 0);
  return elements;
}

describe.each(samples)('%s', (name) => {
  it('a part is what the whole has there', async () => {
    await using file = await openSample(name);
    const wholes = new Map<Variable, NdArray>();
    const variables = [...file.variables.values()].filter(({ shape }) => shape.every((length) => length > 0));
    if (variables.length === 0) return;
    const asked = fc.record({
      variable: fc.constantFrom(...variables),
      parts: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 8, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ variable, parts }) => {
        const whole = wholes.get(variable) ?? (await variable.read());
        wholes.set(variable, whole);
        const [start, count, stride]: [number[], number[], number[]] = [[], [], []];
        for (const [axis, length] of variable.shape.entries()) {
          const [first = 0, many = 0, step = 0] = parts[axis] ?? [];
          start.push(first % length);
          stride.push(1 + (step % Math.min(length, 7)));
          count.push(1 + (many % Math.min(40, Math.ceil((length - start[axis]!) / stride[axis]!))));
        }
        const part = await variable.read({ start, count, stride });
        expect(part.shape).toEqual(count);
        expect(Array.from(part.data as ArrayLike<unknown>)).toEqual(partOf(whole, start, count, stride));
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('of a large variable only the part is read', () => {
  const values = Array.from({ length: 200_000 }, (_, at) => at);
  const shape = { name: 'v', type: 22, dims: [10, 100], last: 199 };
  const blocksOf = (each: number): MadeBlock[] =>
    Array.from({ length: 200 / each }, (_, at) => ({
      first: at * each,
      last: at * each + each - 1,
      data: numbers(22, values.slice(at * each * 1000, (at + 1) * each * 1000)),
    }));

  it.each([
    ['whole records of one block', 200, { start: [50, 0, 0], count: [20, 10, 100] }],
    ['records far apart', 200, { start: [0, 0, 0], count: [2, 10, 100], stride: [100, 1, 1] }],
    ['whole records of blocks of 8', 8, { start: [50, 0, 0], count: [20, 10, 100] }],
    ['a row of the last record', 8, { start: [199, 9, 0], count: [1, 1, 100] }],
    ['a window of each record, with gaps between', 200, { start: [7, 2, 10], count: [100, 4, 60] }],
  ])('%s', async (_, each, options) => {
    for (const flags of [2, 3]) {
      const content = makeCdf({ flags, variables: [{ ...shape, blocks: blocksOf(each), perIndex: 7 }] });
      const source = countingSource(memorySource(content));
      await using file = await openCdf(source);
      expect(source.bytesRead).toBeLessThan(content.byteLength / 4);
      source.bytesRead = 0;
      const { data } = await file.variables.get('v')!.read({ ...options, decode: false });
      // The lists of blocks, and the head of each that is needed, come on top.
      const lists = (200 / each) * 100;
      expect(source.bytesRead).toBeLessThanOrEqual(2 * (data as Float64Array).byteLength + lists);
    }
  });
});
