import type { Arguments } from '../../core/operation/arguments.js';
import type { Flight, ScopsOrder } from '../types.js';
import { type Projection, metresPerUnit } from './projection.js';
import { decimal } from './text.js';

/** What the page offers: half a metre to seven. Less would fill the shared disk. */
const MIN_METRES = 0.5;
const MAX_METRES = 7;

/**
 * Checks what needs no flight; `undefined`: the size nearest to the optimal one is wanted.
 *
 * @throws `TypeError` or `RangeError`; the server itself takes infinite and negative sizes.
 */
export function pixelSizeOf(
  args: Arguments,
  size: ScopsOrder['pixelSize'],
  projection: Projection | undefined,
): readonly [number, number] | undefined {
  if (size === undefined) return undefined;
  const pair = typeof size === 'number' ? [size, size] : size;
  if (!Array.isArray(pair) || pair.length !== 2) throw args.invalid('pixelSize must be a number or a pair of numbers');
  const bounds = projection?.proj === undefined ? { min: MIN_METRES, max: MAX_METRES } : freeBounds(projection.proj);
  const [x, y] = pair.map((value: unknown) => args.number(value, 'pixelSize', bounds));
  return x === undefined || y === undefined ? undefined : [x, y];
}

/** What makes sense for an airborne sensor, in the units of a PROJ text: 0.1 m to 1 km, or about as much in degrees. */
function freeBounds(proj: string): { readonly min: number; readonly max: number } {
  const metres = metresPerUnit(proj);
  return metres === undefined ? { min: 9e-7, max: 0.01 } : { min: 0.1 / metres, max: 1000 / metres };
}

/**
 * The pixel size for a flight. The optimal size is a mean and may not be one of the sizes on offer; a browser then sends the
 * finest one, 0.5 m (pitfall 14), so the nearest is chosen here.
 */
export function pixelSizeFor(
  args: Arguments,
  flight: Flight,
  asked: readonly [number, number] | undefined,
  projection: Projection,
): readonly [string, string] {
  if (asked !== undefined) return [written(asked[0]), written(asked[1])];
  const { optimalPixelSize: optimal, pixelSizes } = flight;
  const [first] = pixelSizes;
  if (optimal === undefined || first === undefined || !(optimal > 0))
    throw args.invalid(
      `pixelSize: the page of this flight gives no optimal size; set one, from ${MIN_METRES} to ${MAX_METRES} m`,
    );
  if (projection.choice === 'proj_string')
    throw args.invalid('pixelSize: required with a PROJ text, in the units of that projection');
  const nearest = pixelSizes.reduce(
    (best, size) => (Math.abs(size - optimal) < Math.abs(best - optimal) ? size : best),
    first,
  );
  return [written(nearest), written(nearest)];
}

/** As the page's options are written: `2.0`. */
function written(size: number): string {
  return Number.isInteger(size) ? size.toFixed(1) : decimal(size);
}
