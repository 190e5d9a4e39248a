import type { Arguments } from '../../core/operation/arguments.js';
import type { Flight, ScopsOrder } from '../types.js';
import { requireStorable } from './text.js';

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
      `projection must be 'UTM zone 30N' (any zone), 'UKBNG' or a PROJ text such as '+proj=utm +zone=30 +datum=WGS84 +units=m'; the back end does not know any others; got ${JSON.stringify(projection)}`,
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
    throw args.invalid('projection: the page of this flight offers no usable default; set one');
  }
  if (asked.choice === 'UKBNG' && !flight.projections.includes('UKBNG'))
    throw args.invalid(
      `projection: UKBNG is for flights over the United Kingdom; this one offers ${flight.projections.join(', ')}`,
    );
  return asked;
}

/** What PROJ.4 texts hold: `+name` or `+name=value`, with blanks between. */
const PART = /^\+([A-Za-z_][A-Za-z0-9_]*)(?:=([A-Za-z0-9+@._,:/-]+))?$/u;
const EPSG = /^(?:\+init=|urn:ogc:def:crs:)?epsg:{1,2}(\d{4,6})$/iu;

/** The parts of a PROJ text by name; `undefined` where it is none. */
function projParts(text: string): ReadonlyMap<string, string> | undefined {
  const parts = new Map<string, string>();
  for (const part of text.split(/\s+/u)) {
    const [, name, value = ''] = PART.exec(part) ?? [];
    if (name === undefined) return undefined;
    parts.set(name, value);
  }
  return (parts.get('proj') ?? '') === '' ? undefined : parts;
}

/**
 * What is wrong with a text for `apltran -outprojstr`, and how to write it; `undefined` for a usable one. The back end's PROJ
 * has no table of EPSG codes.
 */
function projComplaint(text: string): string | undefined {
  const code = EPSG.exec(text.split(/\s+/u)[0] ?? '')?.[1];
  if (code !== undefined) return `must be a PROJ text, not an EPSG code; ${wayOut(Number(code))}`;
  const parts = projParts(text);
  if (parts === undefined) return 'must be a PROJ text such as "+proj=utm +zone=5 +datum=WGS84 +units=m"';
  if (parts.get('proj') !== 'utm') return undefined;
  const zone = Number(parts.get('zone'));
  return Number.isInteger(zone) && zone >= 1 && zone <= 60 ? undefined : 'must name a UTM zone from 1 to 60: +zone=30';
}

function wayOut(code: number): string {
  const zone = code % 100;
  const isUtm = (code > 32_600 && code <= 32_660) || (code > 32_700 && code <= 32_760);
  if (isUtm) return `write +proj=utm +zone=${zone}${code > 32_700 ? ' +south' : ''} +datum=WGS84 +units=m`;
  if (code === 27_700) return 'write UKBNG instead';
  if (code === 4326) return 'write +proj=longlat +datum=WGS84';
  return `look up the PROJ.4 text of EPSG:${code}, which begins with +proj=`;
}

const METRES: Readonly<Record<string, number>> = {
  km: 1000,
  m: 1,
  dm: 0.1,
  cm: 0.01,
  mm: 0.001,
  kmi: 1852,
  mi: 1609.344,
  yd: 0.9144,
  ft: 0.3048,
  in: 0.0254,
  'us-mi': 1609.347,
  'us-yd': 0.914_402,
  'us-ft': 0.304_801,
  'us-in': 0.025_400_1,
};

/** Metres in one unit of a PROJ text's output; `undefined` where it is in degrees. */
export function metresPerUnit(text: string): number | undefined {
  const parts = projParts(text);
  const name = parts?.get('proj');
  if (name === 'longlat' || name === 'latlong' || name === 'lonlat' || name === 'latlon') return undefined;
  const factor = Number(parts?.get('to_meter') ?? METRES[parts?.get('units') ?? 'm'] ?? 1);
  return factor > 0 ? factor : 1;
}
