import type { Arguments } from '../../core/operation/arguments.js';
import type { FlightDay } from '../types.js';

/**
 * Checks a flight day. The letter of the sortie has its own field: `163a` as a day is a server error.
 *
 * @throws `TypeError` or `RangeError`.
 */
export function flightDayOf(args: Arguments, flight: unknown): FlightDay {
  if (typeof flight !== 'object' || flight === null) throw args.invalid('flight must be { year, day, sortie? }');
  const year = args.integer('year' in flight ? flight.year : undefined, 'year', { min: 1970, max: 2100 });
  const day = args.integer('day' in flight ? flight.day : undefined, 'day', { min: 1, max: 366 });
  const sortie: unknown = 'sortie' in flight ? flight.sortie : undefined;
  if (sortie === undefined) return { year, day };
  if (typeof sortie !== 'string' || !/^[A-Za-z]$/u.test(sortie))
    throw args.invalid('sortie must be one letter; leave it out for a flight without one');
  return { year, day, sortie };
}
