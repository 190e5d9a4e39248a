import type { GeoBounds } from '../types.js';

/** Bytes of one value by ENVI's data type. */
const VALUE_BYTES: Readonly<Record<string, number>> = { 1: 1, 2: 2, 3: 4, 4: 4, 5: 8, 12: 2, 13: 4, 14: 8, 15: 8 };

/** What a DEM covers, in degrees; or why its header will not do. */
export type DemReading = { readonly bounds: GeoBounds } | { readonly complaint: string };

/**
 * Reads the ENVI header of an elevation model as GDAL does for SCOPS: one band, BIL or BSQ, heights on WGS84 latitudes and
 * longitudes. A model that GDAL cannot open stops the scheduler at each tick.
 */
export function readDemHeader(header: string, fileBytes: number): DemReading {
  if (!/^\uFEFF?ENVI\s*$/mu.test(header.split('\n', 1)[0] ?? ''))
    return { complaint: 'does not begin with the line ENVI' };
  const fields = headerFields(header);
  const count = (name: string): number => {
    const text = fields.get(name) ?? '';
    return /^\d+$/u.test(text) ? Number(text) : Number.NaN;
  };
  const [samples, lines, bands] = [count('samples'), count('lines'), count('bands')];
  if (!(samples > 0) || !(lines > 0)) return { complaint: 'lacks samples and lines' };
  if (bands !== 1) return { complaint: `describes ${fields.get('bands') ?? 'no'} bands, but a DEM has one` };
  const interleave = fields.get('interleave')?.toLowerCase() ?? 'bsq';
  if (interleave !== 'bil' && interleave !== 'bsq')
    return { complaint: `has interleave ${interleave}, but SCOPS reads bil and bsq` };
  const type = fields.get('data type') ?? '';
  const size = VALUE_BYTES[type];
  if (size === undefined)
    return { complaint: `has data type ${type === '' ? 'nothing' : type}, which cannot hold heights` };
  const offset = fields.has('header offset') ? count('header offset') : 0;
  const needed = offset + samples * lines * size;
  if (needed !== fileBytes) return { complaint: `describes ${needed} bytes, but the DEM has ${fileBytes}` };
  return placeOf(fields.get('map info'), samples, lines);
}

/** The fields of an ENVI header by name in lower case; values in braces may take several lines. */
export function headerFields(header: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [, name = '', braced, plain = ''] of header.matchAll(
    /^[ \t]*([A-Za-z][^=\n]*?)\s*=\s*(?:\{([^}]*)\}|([^\n]*))/gmu,
  ))
    fields.set(name.toLowerCase().replace(/\s+/gu, ' '), (braced ?? plain).trim());
  return fields;
}

/** `map info = {Geographic Lat/Lon, 1, 1, west, north, dx, dy, WGS-84}`; the reference pixel counts from 1. */
function placeOf(mapInfo: string | undefined, samples: number, lines: number): DemReading {
  if (mapInfo === undefined) return { complaint: 'lacks map info, so the location of its heights is unknown' };
  const parts = mapInfo.split(',').map((part) => part.trim());
  const [projection = ''] = parts;
  if (!/geographic|lat/iu.test(projection))
    return {
      complaint: `is in ${projection === '' ? 'no projection' : projection}, but SCOPS wants WGS84 latitude and longitude`,
    };
  const [x = NaN, y = NaN, east = NaN, north = NaN, dx = NaN, dy = NaN] = parts.slice(1, 7).map(Number);
  if (![x, y, east, north, dx, dy].every(Number.isFinite) || !(dx > 0) || !(dy > 0))
    return { complaint: 'has map info without location and pixel size' };
  const west = east - (x - 1) * dx;
  const top = north + (y - 1) * dy;
  const bounds = { north: top, south: top - lines * dy, west, east: west + samples * dx };
  if (bounds.north > 90.01 || bounds.south < -90.01 || bounds.west < -360 || bounds.east > 540)
    return { complaint: 'has map info that lies outside the globe' };
  return { bounds };
}

/** Whether two boxes have a place in common. */
export function overlaps(one: GeoBounds, other: GeoBounds): boolean {
  const shifts = [-360, 0, 360];
  const sideways = shifts.some((shift) => one.west + shift <= other.east && other.west <= one.east + shift);
  return sideways && one.south <= other.north && other.south <= one.north;
}
