import type { Arguments } from '../../core/operation/arguments.js';
import { isOrderable } from '../names/lines.js';
import type { Flight, FlightLine, LineOrder, ScopsOrder } from '../types.js';
import { ALL_MASKS, MASKS } from '../centre.js';

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
    throw args.invalid('lines must name at least one flight line; an order without lines blocks the service');
  if (lines.length > MAX_LINES)
    throw args.outOfRange(`lines must not have more than ${MAX_LINES} entries in one order`);
  const checked = lines.map((line: unknown) => lineOrderOf(args, line));
  const names = new Set(checked.map(({ name }) => name));
  if (names.size !== checked.length) throw args.invalid('lines contains a line twice');
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
        `SCOPS cannot take orders for ${name}: its form handler cuts letters off the names of Eagle and Hawk lines and answers 400; set allowUnorderableLines if your server has been fixed`,
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

/**
 * The mask letters of an order: `all`, `none`, or letters in the server's order.
 *
 * @throws `TypeError` for unknown masks and an empty list, which would start the masking program without a value.
 */
export function masksOf(args: Arguments, masks: ScopsOrder['masks']): string {
  if (masks === undefined || masks === 'all') return 'all';
  if (masks === 'none') return 'none';
  if (!Array.isArray(masks) || masks.length === 0)
    throw args.invalid("masks must be 'all', 'none' or a non-empty list of masks");
  const letters = new Set(masks.map((mask: unknown) => letterOf(args, mask)));
  return Array.from(ALL_MASKS)
    .filter((letter) => letters.has(letter))
    .join('');
}

function letterOf(args: Arguments, mask: unknown): string {
  const letter = Object.entries(MASKS).find((names) => names.some((name) => name === mask))?.[1];
  if (letter === undefined)
    throw args.invalid(
      `masks must be ${Object.keys(MASKS).join(', ')} or letters of ${ALL_MASKS}; got ${String(mask)}`,
    );
  return letter;
}

/** Exactly one of the three forms that the server tells apart by the order of keys (pitfall 32). */
export function maskFields(letters: string): [string, string][] {
  if (letters === 'all') return [['mask_all_check', 'on']];
  if (letters === 'none') return [['mask_none_check', 'on']];
  return Array.from(letters).map((letter) => [`mask_check_${letter}`, 'on']);
}
