import type { Arguments } from '../../core/operation/arguments.js';
import type { Flight, ScopsOrder } from '../types.js';
import { projComplaint } from './proj-text.js';
import { requireStorable } from './text.js';

/** The output projection of an order. */
export interface Projection {
  /** Value of the form's radio button. */
  readonly choice: string;
  /** The PROJ text, with choice `proj_string`. */
  readonly proj?: string;
}

const UTM = /^UTM zone (\d{1,2})([NS])$/u;

/**
 * Checks what needs no flight; `undefined`: the flight's own projection is wanted.
 *
 * @throws `TypeError` or `RangeError` for what the back end cannot read (protocol notes 5.4, pitfall 18).
 */
export function projectionOf(args: Arguments, projection: ScopsOrder['projection']): Projection | undefined {
  if (projection === undefined) return undefined;
  if (typeof projection === 'object') {
    const proj = requireStorable(args, projection.proj, 'projection.proj');
    const complaint = projComplaint(proj);
    if (complaint !== undefined) throw args.invalid(`projection.proj ${complaint}`);
    return { choice: 'proj_string', proj };
  }
  if (projection === 'UKBNG') return { choice: 'UKBNG' };
  const zone = typeof projection === 'string' ? UTM.exec(projection) : null;
  if (zone === null)
    throw args.invalid(
      `projection must be 'UTM zone 30N' (any zone), 'UKBNG' or a PROJ text such as '+proj=utm +zone=30 +datum=WGS84 +units=m'; the back end knows no other words; got ${JSON.stringify(projection)}`,
    );
  const [, number = '', hemisphere = ''] = zone;
  requireTwoDigits(args, Number(number), hemisphere);
  return { choice: projection };
}

function requireTwoDigits(args: Arguments, zone: number, hemisphere: string): void {
  if (zone < 1 || zone > 60) throw args.outOfRange(`projection: UTM zones go from 1 to 60, got ${zone}`);
  if (zone >= 10) return;
  const south = hemisphere === 'S' ? ' +south' : '';
  throw args.outOfRange(
    `projection: SCOPS loses the hemisphere of UTM zones 1 to 9; use the PROJ text '+proj=utm +zone=${zone}${south} +datum=WGS84 +units=m'`,
  );
}

/** The projection for a flight: what was asked for, or its default. */
export function projectionFor(args: Arguments, flight: Flight, asked: Projection | undefined): Projection {
  if (asked === undefined) {
    const own = projectionOf(args, flight.defaultProjection);
    if (own !== undefined) return own;
    throw args.invalid('projection: the page of this flight offers no usable default; name one');
  }
  if (asked.choice === 'UKBNG' && !flight.projections.includes('UKBNG'))
    throw args.invalid(
      `projection: UKBNG is for flights over the United Kingdom; this one offers ${flight.projections.join(', ')}`,
    );
  return asked;
}
