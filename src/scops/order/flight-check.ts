import type { Arguments } from '../../core/operation/arguments.js';
import type { Flight, FlightDay } from '../types.js';
import { boundsOf } from './bounds.js';
import { flightDayOf } from './flight-day.js';

/** Whether a whole flight was given, not only its day. */
export function isFlight(flight: Flight | FlightDay): flight is Flight {
  return 'lines' in flight && 'form' in flight;
}

const HIDDEN = /^[A-Za-z0-9_.]+$/u;

/**
 * Checks a flight that the caller hands over: its fields are sent back as they are, and must be of the own project.
 *
 * @throws `TypeError` or `RangeError`.
 */
export function checkFlight(args: Arguments, flight: Flight, project: string): void {
  const day = flightDayOf(args, flight);
  const { form } = flight;
  if (flight.project !== project || form.project !== project)
    throw args.invalid(`the flight is of project ${flight.project}, this client of ${project}`);
  const fields = [form.year, form.julianday, form.sortie];
  if (fields.some((field) => typeof field !== 'string' || !HIDDEN.test(field)))
    throw args.invalid("the flight's form fields are not those of a request page; use getFlight");
  if (Number(form.year) !== day.year || Number(form.julianday) !== day.day || form.sortie !== (day.sortie ?? 'None'))
    throw args.invalid("the flight's form fields contradict its day; use getFlight");
  boundsOf(args, flight.bounds);
}
