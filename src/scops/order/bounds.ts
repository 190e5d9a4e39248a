import type { Arguments } from '../../core/operation/arguments.js';
import type { GeoBounds } from '../types.js';

/**
 * Checks a box.
 *
 * @throws `TypeError` or `RangeError`; the server takes infinite bounds and boxes upside down.
 */
export function boundsOf(args: Arguments, bounds: GeoBounds | undefined): GeoBounds | undefined {
  if (bounds === undefined) return undefined;
  if (typeof bounds !== 'object') throw args.invalid('bounds must be { north, south, east, west } in degrees');
  const degrees = (name: keyof GeoBounds, most: number): number =>
    args.number(bounds[name], `bounds.${name}`, { min: -most, max: most });
  const checked = {
    north: degrees('north', 90),
    south: degrees('south', 90),
    east: degrees('east', 180),
    west: degrees('west', 180),
  };
  if (checked.north <= checked.south) throw args.outOfRange('bounds.north must be above bounds.south');
  if (checked.east <= checked.west) throw args.outOfRange('bounds.east must be above bounds.west');
  return checked;
}
