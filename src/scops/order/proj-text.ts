/** What PROJ.4 texts hold: `+name` or `+name=value`, with blanks between. */
const PART = /^\+([A-Za-z_][A-Za-z0-9_]*)(?:=([A-Za-z0-9+@._,:/-]+))?$/u;
const EPSG = /^(?:\+init=|urn:ogc:def:crs:)?epsg:{1,2}(\d{4,6})$/iu;

/** The parts of a PROJ text by name; `undefined` where it is none. */
export function projParts(text: string): ReadonlyMap<string, string> | undefined {
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
export function projComplaint(text: string): string | undefined {
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
  if (code === 27_700) return 'write UKBNG in place of it';
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
