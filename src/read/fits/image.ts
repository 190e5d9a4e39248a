import { NUMERIC, type NumericArray } from '../array/data-types.js';
import { ndArray } from '../array/nd-array.js';
import { selectionOf, stridesOf, type Selection } from '../array/selection.js';
import { readNumbers } from '../array/strided.js';
import type { ByteSource } from '../source/byte-source.js';
import type { Attribute, Variable } from '../types.js';
import type { Hdu } from './hdus.js';
import { physical, scalingOf, type Scaling } from './scaling.js';

/** What an image is, however it is stored. */
export interface ImageParts extends Pick<Hdu, 'name' | 'header' | 'dtype' | 'axes'> {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly scaling: Scaling;
  /** The stored pixels of a part, in memory of its own. */
  pixels(part: Selection): Promise<NumericArray>;
}

/** A variable of the pixels of an image. */
export function imageVariable(parts: ImageParts): Variable {
  const { name, header, dtype, axes, attributes, scaling } = parts;
  const shape = [...axes].reverse();
  const [unit, { blank }] = [header.text('BUNIT'), scaling];
  return {
    name,
    dtype,
    shape,
    dimensions: axes.map((_, axis) => header.text(`CTYPE${axis + 1}`) ?? '').reverse(),
    attributes,
    ...(unit === undefined || unit === '' ? {} : { units: unit }),
    ...(blank === undefined || dtype.startsWith('float') ? {} : { fill: blank }),
    read: async (options = {}) => {
      const part = selectionOf(shape, options);
      const stored = await parts.pixels(part);
      return ndArray(options.decode === false ? stored : physical(stored, dtype, scaling), part.count);
    },
  };
}

/** An image whose pixels lie in the file as they are. */
export function plainImage(source: ByteSource, hdu: Hdu): Variable {
  const { header, dtype, axes, dataOffset } = hdu;
  const itemBytes = NUMERIC[dtype].bytes;
  const byteStrides = stridesOf([...axes].reverse()).map((stride) => stride * itemBytes);
  return imageVariable({
    ...hdu,
    attributes: header.attributes,
    scaling: scalingOf(header, 'BSCALE', 'BZERO', 'BLANK'),
    pixels: (part) => readNumbers(source, { offset: dataOffset, byteStrides, itemBytes }, part, dtype, true),
  });
}

/** An image of random groups, a form that this reader refuses. */
export function refusedGroups({ name, header, dtype, axes }: Hdu): Variable {
  const shape = [header.size('GCOUNT', 1), ...axes.slice(1).reverse()];
  return {
    name,
    dtype,
    shape,
    dimensions: shape.map(() => ''),
    attributes: header.attributes,
    read: async () => {
      throw header.wrong(`${name} holds random groups (GROUPS), which are not read`);
    },
  };
}
