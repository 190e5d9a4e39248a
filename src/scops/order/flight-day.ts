import { requireInteger } from '../../core/validate/arguments.js';
import type { FlightDay } from '../types.js';

/**
 * Checks a flight day. The letter of the sortie has its own field: `163a` as a day is a server error.
 *
 * @throws `TypeError` or `RangeError`.
 */
export function flightDayOf(flight: unknown, operation: string): FlightDay {
  if (typeof flight !== 'object' || flight === null)
    throw new TypeError(`${operation}: flight must be { year, day, sortie? }`);
  const year = requireInteger('year' in flight ? flight.year : undefined, 'year', operation, { min: 1970, max: 2100 });
  const day = requireInteger('day' in flight ? flight.day : undefined, 'day', operation, { min: 1, max: 366 });
  const sortie: unknown = 'sortie' in flight ? flight.sortie : undefined;
  if (sortie === undefined) return { year, day };
  if (typeof sortie !== 'string' || !/^[A-Za-z]$/u.test(sortie))
    throw new TypeError(`${operation}: sortie must be one letter; leave it out for a flight without`);
  return { year, day, sortie };
}
