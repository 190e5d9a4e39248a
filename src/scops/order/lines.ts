import { requireInteger } from '../../core/validate/arguments.js';
import { isOrderable } from '../constants.js';
import type { Flight, FlightLine, LineOrder } from '../types.js';

/** More would pass the form limit of newer servers (1000 parts, 3 a line). */
const MAX_LINES = 300;
const LINE = /^[A-Za-z0-9]{2,20}$/u;

/**
 * Checks what needs no flight.
 *
 * @throws `TypeError` or `RangeError`: an order without lines stops the scheduler for everybody (pitfall 4).
 */
export function lineOrdersOf(lines: unknown, operation: string): LineOrder[] {
  if (!Array.isArray(lines) || lines.length === 0)
    throw new TypeError(
      `${operation}: lines must name at least one flight line; an order without any blocks the service`,
    );
  if (lines.length > MAX_LINES) throw new RangeError(`${operation}: lines must be at most ${MAX_LINES} in one order`);
  const checked = lines.map((line: unknown) => lineOrderOf(line, operation));
  const names = new Set(checked.map(({ name }) => name));
  if (names.size !== checked.length) throw new TypeError(`${operation}: lines names a line twice`);
  return checked;
}

function lineOrderOf(line: unknown, operation: string): LineOrder {
  if (typeof line !== 'object' || line === null || !('name' in line))
    throw new TypeError(`${operation}: each of lines must be { name, bands? }`);
  const { name } = line;
  if (typeof name !== 'string' || !LINE.test(name))
    throw new TypeError(`${operation}: a line name is letters and digits, such as f21701; got ${JSON.stringify(name)}`);
  const bands: unknown = 'bands' in line ? line.bands : undefined;
  if (bands === undefined) return { name };
  if (!Array.isArray(bands) || bands.length !== 2)
    throw new TypeError(`${operation}: bands of ${name} must be [first, last]`);
  const [first, last] = bands.map((band: unknown) => {
    if (typeof band !== 'number') throw new TypeError(`${operation}: bands of ${name} must be whole numbers`);
    return requireInteger(band, `bands of ${name}`, operation, { min: 1, max: 9999 });
  });
  if (first === undefined || last === undefined || first > last)
    throw new RangeError(`${operation}: bands of ${name} must be first and last, with first <= last`);
  return { name, bands: [first, last] };
}

/** A line with its band range, ready to be sent. */
export interface LineRange {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

/** The lines of an order against those of the flight. */
export function lineRanges(
  flight: Flight,
  orders: readonly LineOrder[],
  allowUnorderable: boolean,
  operation: string,
): LineRange[] {
  return orders.map(({ name, bands }) => {
    const line = flight.lines.find((one) => one.name === name);
    if (line === undefined)
      throw new TypeError(
        `${operation}: the flight has no line ${name}; it has ${flight.lines.map((one) => one.name).join(', ')}`,
      );
    if (!isOrderable(name) && !allowUnorderable)
      throw new TypeError(
        `${operation}: SCOPS cannot take orders for ${name}: its form handler cuts letters off the names of Eagle and Hawk lines and answers 400; set allowUnorderableLines if your server is repaired`,
      );
    return rangeOf(line, bands, operation);
  });
}

function rangeOf(line: FlightLine, bands: LineOrder['bands'], operation: string): LineRange {
  const numbers = line.bands.map((band) => band.number);
  const [lowest, highest] = [Math.min(...numbers), Math.max(...numbers)];
  if (numbers.length === 0) throw new TypeError(`${operation}: the page lists no bands of ${line.name}`);
  const [first, last] = bands ?? [lowest, highest];
  if (first < lowest || last > highest)
    throw new RangeError(
      `${operation}: bands of ${line.name} must be from ${lowest} to ${highest}, got ${first} to ${last}`,
    );
  return { name: line.name, first, last };
}
