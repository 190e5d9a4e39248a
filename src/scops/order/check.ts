import type { Arguments } from '../../core/operation/arguments.js';
import { INTERPOLATIONS } from '../centre.js';
import type { Flight, FlightDay, GeoBounds, LineOrder, ScopsInterpolation, ScopsOrder } from '../types.js';
import { boundsOf } from './bounds.js';
import { demOf, requireOverlap, type DemChoice } from './dem.js';
import { checkFlight, isFlight } from './flight-check.js';
import { flightDayOf } from './flight-day.js';
import { lineOrdersOf } from './lines.js';
import { masksOf } from './masks.js';
import { pixelSizeOf } from './pixel-size.js';
import { projectionOf, type Projection } from './projection.js';
import { requireEmail } from './text.js';

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
export async function checkOrder(args: Arguments, order: ScopsOrder, project: string): Promise<CheckedOrder> {
  const day = flightDayOf(args, order.flight);
  const flight = isFlight(order.flight) ? order.flight : undefined;
  if (flight !== undefined) checkFlight(args, flight, project);
  const projection = projectionOf(args, order.projection);
  const dem = await demOf(args, order.dem);
  if (flight !== undefined) requireOverlap(args, dem, flight.bounds);
  return {
    day,
    ...(flight !== undefined && { flight }),
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
