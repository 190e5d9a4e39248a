import type { Attribute } from '../types.js';

/** Where the pixels of an ENVI cube lie on a map: the field `map info` of the header. */
export interface MapInfo {
  /** `UTM`, `Geographic Lat/Lon`, `Arbitrary` … */
  readonly projection: string;
  /** The pixel that is tied to the map; 1 is the outer edge of the first sample, 1.5 its middle. */
  readonly referenceSample: number;
  /** As `referenceSample`, for lines. */
  readonly referenceLine: number;
  /** Easting (or longitude) of the reference pixel. */
  readonly easting: number;
  /** Northing (or latitude) of the reference pixel. */
  readonly northing: number;
  /** From one sample to the next, in `units`. */
  readonly sampleSize: number;
  /** From one line to the next, in `units`; positive although northing falls from line to line. */
  readonly lineSize: number;
  /** Zone of UTM. */
  readonly zone?: number;
  /** Hemisphere of UTM. */
  readonly hemisphere?: 'North' | 'South';
  /** The geodetic datum, such as `WGS-84`. */
  readonly datum?: string;
  /** `Meters`, `Degrees` … */
  readonly units?: string;
  /** Degrees. */
  readonly rotation?: number;
}

const NUMBERS = ['referenceSample', 'referenceLine', 'easting', 'northing', 'sampleSize', 'lineSize'] as const;

/** The items of `map info` by name; `undefined` when they are not what ENVI writes. */
export function parseMapInfo(items: readonly string[]): MapInfo | undefined {
  const [projection = '', ...rest] = items;
  const numbers = NUMBERS.map((_, at) => Number(rest[at] === '' ? Number.NaN : (rest[at] ?? Number.NaN)));
  if (projection === '' || !numbers.every(Number.isFinite)) return undefined;
  const [referenceSample = 1, referenceLine = 1, easting = 0, northing = 0, sampleSize = 1, lineSize = 1] = numbers;
  const named = new Map<string, string>();
  const plain: string[] = [];
  for (const item of rest.slice(NUMBERS.length)) {
    const sign = item.indexOf('=');
    if (sign === -1) plain.push(item);
    else named.set(item.slice(0, sign).trim().toLowerCase(), item.slice(sign + 1).trim());
  }
  const hasZone = /^\d+$/u.test(plain[0] ?? '');
  const [zone, hemisphere, datum] = hasZone ? plain : [undefined, undefined, plain[0]];
  const [units, rotation] = [named.get('units'), Number(named.get('rotation') ?? Number.NaN)];
  return {
    ...{ projection, referenceSample, referenceLine, easting, northing, sampleSize, lineSize },
    ...(zone === undefined ? {} : { zone: Number(zone) }),
    ...(hemisphere === undefined ? {} : { hemisphere: /^s/iu.test(hemisphere) ? 'South' : 'North' }),
    ...(datum === undefined || datum === '' ? {} : { datum }),
    ...(units === undefined ? {} : { units }),
    ...(Number.isFinite(rotation) ? { rotation } : {}),
  };
}

/** A position on the map, in the units of the map: metres for UTM, degrees for longitude and latitude. */
export interface MapPosition {
  /** Easting or longitude, in the units of the map. */
  readonly easting: number;
  /** Northing or latitude, in the units of the map. */
  readonly northing: number;
}

/** A pixel of a cube by the indices of its axes, from 0; a fraction is a part of a pixel. */
export interface PixelPosition {
  /** The line, counted from 0. */
  readonly line: number;
  /** The sample of the line, counted from 0. */
  readonly sample: number;
}

/**
 * The map position of the centre of a pixel.
 *
 * @param cube - The variable `data` of an ENVI file, or the file.
 * @param pixel - Indices from 0, as in `read({ start })`; the outer corner of a pixel is half a pixel before.
 * @returns Easting and northing (UTM), or longitude and latitude, in the units of the map.
 * @throws `RangeError` when the header has no `map info`.
 *
 * @example
 * ```ts
 * import { mapPosition, openData } from '@lab/sdc/read';
 *
 * await using file = await openData('flight-line.bil');
 * const { easting, northing } = mapPosition(file, { line: 0, sample: 0 });
 * console.log(`first pixel: ${easting} E, ${northing} N`);
 * ```
 */
export function mapPosition(cube: WithAttributes, pixel: PixelPosition): MapPosition {
  const info = mapInfoOf(cube);
  const { cos, sin } = turn(info);
  const right = pixel.sample + 1.5 - info.referenceSample;
  const down = pixel.line + 1.5 - info.referenceLine;
  return {
    easting: info.easting + (right * cos + down * sin) * info.sampleSize,
    northing: info.northing + (right * sin - down * cos) * info.lineSize,
  };
}

/**
 * The pixel at a position on the map: the inverse of {@link mapPosition}. Round both indices to get the pixel that contains the position.
 *
 * @param cube - The variable `data` of an ENVI file, or the file.
 * @param place - Easting and northing, or longitude and latitude, in the units of the map. It may lie outside the cube.
 * @throws `RangeError` when the header has no `map info`.
 */
export function pixelPosition(cube: WithAttributes, place: MapPosition): PixelPosition {
  const info = mapInfoOf(cube);
  const { cos, sin } = turn(info);
  const east = (place.easting - info.easting) / info.sampleSize;
  const north = (place.northing - info.northing) / info.lineSize;
  return {
    line: east * sin - north * cos + info.referenceLine - 1.5,
    sample: east * cos + north * sin + info.referenceSample - 1.5,
  };
}

/** A file or a variable: whatever has attributes. */
export interface WithAttributes {
  /** The attributes of the cube, `map info` among them. */
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** The sense of the rotation is that of GDAL. */
function turn({ rotation = 0 }: MapInfo): { cos: number; sin: number } {
  const angle = (rotation * Math.PI) / 180;
  return { cos: Math.cos(angle), sin: Math.sin(angle) };
}

/**
 * The field `map info` of an ENVI file.
 *
 * @param cube - The variable `data` of an ENVI file, or the file.
 * @throws `RangeError` when the header has none.
 */
export function mapInfoOf(cube: WithAttributes): MapInfo {
  const found = cube.attributes['map info'];
  if (isMapInfo(found)) return found;
  throw new RangeError('there is no map info in the header of this file');
}

function isMapInfo(value: unknown): value is MapInfo {
  return (
    typeof value === 'object' && value !== null && NUMBERS.every((name) => typeof Reflect.get(value, name) === 'number')
  );
}
