import type { Arguments } from '../../core/operation/arguments.js';
import { INTERPOLATIONS } from '../centre.js';
import type { Flight, FlightDay, GeoBounds, LineOrder, ScopsInterpolation, ScopsOrder } from '../types.js';
import { boundsOf } from './bounds.js';
import { demOf, requireOverlap, type DemChoice } from './dem.js';
import { flightDayOf } from './flight-day.js';
import { lineOrdersOf, masksOf } from './lines.js';
import { pixelSizeOf } from './pixel-size.js';
import { projectionOf, type Projection } from './projection.js';
import { requireEmail } from './text.js';

/** An order whose every part is safe to send, as far as that is known without the flight. */
export interface CheckedOrder {
  readonly day: FlightDay;
  readonly flight?: Flight | undefined;
  readonly lines: readonly LineOrder[];
  readonly email: string;
  readonly masks: string;
  readonly projection: Projection | undefined;
  readonly pixelSize: readonly [number, number] | undefined;
  readonly bounds: GeoBounds | undefined;
  readonly interpolation: ScopsInterpolation;
  readonly dem: DemChoice;
  readonly bandMath: boolean;
  readonly allowUnorderableLines: boolean;
}

/**
 * Checks an order before anything is sent: one wrong request can stop the service for everybody.
 *
 * @throws `TypeError` or `RangeError` naming the part.
 */
export async function checkOrder(args: Arguments, order: ScopsOrder, project: string): Promise<CheckedOrder> {
  const day = flightDayOf(args, order.flight);
  const flight = isFlight(order.flight) ? order.flight : undefined;
  if (flight !== undefined) checkFlight(args, flight, project);
  const projection = projectionOf(args, order.projection);
  const dem = await demOf(args, order.dem);
  if (flight !== undefined) requireOverlap(args, dem, flight.bounds);
  return {
    day,
    flight,
    lines: lineOrdersOf(args, order.lines),
    email: requireEmail(args, order.email),
    masks: masksOf(args, order.masks),
    projection,
    pixelSize: pixelSizeOf(args, order.pixelSize, projection),
    bounds: boundsOf(args, order.bounds),
    interpolation: args.oneOf(order.interpolation ?? 'nearest', 'interpolation', INTERPOLATIONS),
    bandMath: order.bandMath ?? false,
    allowUnorderableLines: order.allowUnorderableLines ?? false,
    dem,
  };
}

/** Whether a whole flight was given, not only its day. */
function isFlight(flight: Flight | FlightDay): flight is Flight {
  return 'lines' in flight && 'form' in flight;
}

const HIDDEN = /^[A-Za-z0-9_.]+$/u;

/**
 * Checks a flight that the caller hands over: its fields are sent back as they are, and must be of the own project.
 *
 * @throws `TypeError` or `RangeError`.
 */
function checkFlight(args: Arguments, flight: Flight, project: string): void {
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
