import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sizeOf, stridesOf } from '../../../../src/read/array/selection.js';
import { openNetcdf3 } from '../../../../src/read/netcdf3/open.js';
import { openNetcdf4 } from '../../../../src/read/netcdf4/open.js';
import { memorySource } from '../../../../src/read/source/sources.js';
import { runs } from '../../../support/full.js';
import { fixture } from './vectors.js';

const parts = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 4 })), { minLength: 4, maxLength: 4 });

it.each([
  ['cdf1_a.nc', openNetcdf3],
  ['cdf5_a.nc', openNetcdf3],
  ['nc4_filters_groups_a.nc', openNetcdf4],
  ['nc4_types_a.nc', openNetcdf4],
] as const)('any part of any variable of %s is that part of the whole', { timeout: 120_000 }, async (name, open) => {
  await using file = await open(memorySource(fixture(name)));
  for (const variable of file.variables.values()) {
    const { shape } = variable;
    const whole = await variable.read({ decode: false });
    await fc.assert(
      fc.asyncProperty(parts, async (part) => {
        const stride = shape.map((_, axis) => part[axis]![2]);
        const start = shape.map((length, axis) => part[axis]![0] % (length + 1));
        const count = shape.map((length, axis) => {
          const most = Math.ceil((length - start[axis]!) / stride[axis]!);
          return part[axis]![1] % (most + 1);
        });
        const found = await variable.read({ start, count, stride, decode: false });
        const steps = stridesOf(count);
        const expected = Array.from({ length: sizeOf(count) }, (_, item) => {
          const at = count.map((many, axis) => start[axis]! + (Math.floor(item / steps[axis]!) % many) * stride[axis]!);
          return whole.data[at.reduce((sum, index, axis) => sum + index * whole.strides[axis]!, 0)];
        });
        expect(Array.from(found.data as ArrayLike<unknown>)).toEqual(expected);
      }),
      { numRuns: runs(100) },
    );
  }
});
