import { requireOneOf } from '../../core/validate/arguments.js';
import { INTERPOLATIONS } from '../constants.js';
import type { Flight, FlightDay, GeoBounds, LineOrder, ScopsInterpolation, ScopsOrder } from '../types.js';
import { boundsOf } from './bounds.js';
import { demOf, requireMeeting, type DemChoice } from './dem.js';
import { checkFlight, isFlight } from './flight-check.js';
import { flightDayOf } from './flight-day.js';
import { lineOrdersOf } from './lines.js';
import { masksOf } from './masks.js';
import { pixelSizeOf } from './pixel-size.js';
import { projectionOf, type Projection } from './projection.js';
import { requireEmail, requireObject } from './text.js';

/** An order whose every part is safe to send, as far as that can be told without the flight. */
export interface CheckedOrder {
  readonly day: FlightDay;
  readonly flight?: Flight;
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
export async function checkOrder(order: ScopsOrder, project: string, operation: string): Promise<CheckedOrder> {
  requireObject(order, 'order', operation);
  const day = flightDayOf(order.flight, operation);
  const flight = isFlight(order.flight) ? order.flight : undefined;
  if (flight !== undefined) checkFlight(flight, project, operation);
  const projection = projectionOf(order.projection, operation);
  const dem = await demOf(order.dem, operation);
  if (flight !== undefined) requireMeeting(dem, flight.bounds, operation);
  return {
    day,
    ...(flight !== undefined && { flight }),
    lines: lineOrdersOf(order.lines, operation),
    email: requireEmail(order.email, operation),
    masks: masksOf(order.masks, operation),
    projection,
    pixelSize: pixelSizeOf(order.pixelSize, projection, operation),
    bounds: boundsOf(order.bounds, operation),
    interpolation: requireOneOf(order.interpolation ?? 'nearest', INTERPOLATIONS, 'interpolation', operation),
    bandMath: flag(order.bandMath, 'bandMath', operation),
    allowUnorderableLines: flag(order.allowUnorderableLines, 'allowUnorderableLines', operation),
    dem,
  };
}

function flag(value: unknown, label: string, operation: string): boolean {
  if (value !== undefined && typeof value !== 'boolean')
    throw new TypeError(`${operation}: ${label} must be true or false`);
  return value ?? false;
}
