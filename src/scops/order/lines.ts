import type { Arguments } from '../../core/operation/arguments.js';
import { isOrderable } from '../names/lines.js';
import type { Flight, FlightLine, LineOrder } from '../types.js';

/** More would pass the form limit of newer servers (1000 parts, 3 a line). */
const MAX_LINES = 300;
const LINE = /^[A-Za-z0-9]{2,20}$/u;

/**
 * Checks what needs no flight.
 *
 * @throws `TypeError` or `RangeError`: an order without lines stops the scheduler for everybody (pitfall 4).
 */
export function lineOrdersOf(args: Arguments, lines: unknown): LineOrder[] {
  if (!Array.isArray(lines) || lines.length === 0)
    throw args.invalid('lines must name at least one flight line; an order without any blocks the service');
  if (lines.length > MAX_LINES) throw args.outOfRange(`lines must be at most ${MAX_LINES} in one order`);
  const checked = lines.map((line: unknown) => lineOrderOf(args, line));
  const names = new Set(checked.map(({ name }) => name));
  if (names.size !== checked.length) throw args.invalid('lines names a line twice');
  return checked;
}

function lineOrderOf(args: Arguments, line: unknown): LineOrder {
  if (typeof line !== 'object' || line === null || !('name' in line))
    throw args.invalid('each of lines must be { name, bands? }');
  const { name } = line;
  if (typeof name !== 'string' || !LINE.test(name))
    throw args.invalid(`a line name is letters and digits, such as f21701; got ${JSON.stringify(name)}`);
  const bands: unknown = 'bands' in line ? line.bands : undefined;
  if (bands === undefined) return { name };
  if (!Array.isArray(bands) || bands.length !== 2) throw args.invalid(`bands of ${name} must be [first, last]`);
  const [first, last] = bands.map((band: unknown) => {
    if (typeof band !== 'number') throw args.invalid(`bands of ${name} must be whole numbers`);
    return args.integer(band, `bands of ${name}`, { min: 1, max: 9999 });
  });
  if (first === undefined || last === undefined || first > last)
    throw args.outOfRange(`bands of ${name} must be first and last, with first <= last`);
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
  args: Arguments,
  flight: Flight,
  orders: readonly LineOrder[],
  allowUnorderable: boolean,
): LineRange[] {
  return orders.map(({ name, bands }) => {
    const line = flight.lines.find((one) => one.name === name);
    if (line === undefined)
      throw args.invalid(`the flight has no line ${name}; it has ${flight.lines.map((one) => one.name).join(', ')}`);
    if (!isOrderable(name) && !allowUnorderable)
      throw args.invalid(
        `SCOPS cannot take orders for ${name}: its form handler cuts letters off the names of Eagle and Hawk lines and answers 400; set allowUnorderableLines if your server is repaired`,
      );
    return rangeOf(args, line, bands);
  });
}

function rangeOf(args: Arguments, line: FlightLine, bands: LineOrder['bands']): LineRange {
  const numbers = line.bands.map((band) => band.number);
  const [lowest, highest] = [Math.min(...numbers), Math.max(...numbers)];
  if (numbers.length === 0) throw args.invalid(`the page lists no bands of ${line.name}`);
  const [first, last] = bands ?? [lowest, highest];
  if (first < lowest || last > highest)
    throw args.outOfRange(`bands of ${line.name} must be from ${lowest} to ${highest}, got ${first} to ${last}`);
  return { name: line.name, first, last };
}
