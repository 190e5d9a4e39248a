import type { NumericType } from '../../array/data-types.js';
import { axesOf, type Hdu } from '../hdus.js';
import { binaryColumns, type BinaryColumn } from '../table/binary-columns.js';
import type { Quantisation } from './dither.js';

/** How an image is cut into tiles and compressed. */
export interface Tiling {
  readonly hdu: Hdu;
  readonly dtype: NumericType;
  /** The lengths of the axes of the image, of a whole tile, and of the grid of tiles, the slowest first. */
  readonly shape: readonly number[];
  readonly tileShape: readonly number[];
  readonly grid: readonly number[];
  /** ZCMPTYPE. */
  readonly method: string;
  /** ZNAMEi and their ZVALi. */
  readonly parameters: ReadonlyMap<string, number>;
  /** By their names. */
  readonly columns: ReadonlyMap<string, BinaryColumn>;
  readonly dither: Pick<Quantisation, 'method' | 'seed'>;
}

const DITHERS: Readonly<Record<string, Quantisation['method']>> = {
  NO_DITHER: 0,
  NONE: 0,
  SUBTRACTIVE_DITHER_1: 1,
  SUBTRACTIVE_DITHER_2: 2,
};

/** What the header of a compressed image says. */
export function tilingOf(hdu: Hdu): Tiling {
  const { header, axes: tableAxes } = hdu;
  const { dtype, axes } = axesOf(header, 'Z');
  const tile = axes.map((length, axis) => {
    const size = header.size(`ZTILE${axis + 1}`, axis === 0 ? length : 1);
    if (size === 0 && length > 0) throw header.wrong(`ZTILE${axis + 1} is 0`);
    return Math.min(size, length);
  });
  const grid = axes.map((length, axis) => (length === 0 ? 0 : Math.ceil(length / (tile[axis] ?? 1))));
  const [tiles, rows] = [grid.reduce((all, length) => all * length, 1), tableAxes[1] ?? 0];
  if (tiles > rows) throw header.wrong(`the image has ${tiles} tiles, but the table has ${rows} rows`);
  const columns = new Map<string, BinaryColumn>();
  for (const column of binaryColumns(hdu)) if (!columns.has(column.label)) columns.set(column.label, column);
  const name = (header.text('ZQUANTIZ') ?? 'NO_DITHER').toUpperCase();
  const dither = DITHERS[name];
  if (dither === undefined) throw header.wrong(`ZQUANTIZ is ${JSON.stringify(name)}, which is not read`);
  return {
    hdu,
    dtype,
    shape: [...axes].reverse(),
    tileShape: tile.reverse(),
    grid: grid.reverse(),
    method: (header.text('ZCMPTYPE') ?? '').toUpperCase(),
    parameters: parametersOf(hdu),
    columns,
    dither: { method: dither, seed: header.size('ZDITHER0', 1) },
  };
}

function parametersOf({ header }: Hdu): Map<string, number> {
  const parameters = new Map<string, number>();
  for (let number = 1; header.has(`ZNAME${number}`); number += 1) {
    const name = header.text(`ZNAME${number}`)?.toUpperCase();
    const value = header.attributes[`ZVAL${number}`];
    if (name !== undefined && typeof value === 'number') parameters.set(name, value);
  }
  return parameters;
}
