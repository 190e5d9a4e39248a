import type { SENSORS } from '../centre.js';
import type { GeoBounds, ScopsInterpolation } from './mapping.js';

/** Year and day of a flight; `sortie` only if the flight has a letter. */
export interface FlightDay {
  /** Calendar year of the flight, four digits: `2014`. */
  readonly year: number;
  /** Day of the year, 1 to 366. */
  readonly day: number;
  /** One letter. A flight with a letter is not found without it, and vice versa. */
  readonly sortie?: string;
}

/** One spectral band of a line. */
export interface Band {
  /** 1-based, as orders and equations count. */
  readonly number: number;
  /** Centre wavelength in nanometres; absent if the page names none. */
  readonly wavelengthNm?: number;
}

/** The instrument of a line, by the first letter of its name. */
export type ScopsSensor = (typeof SENSORS)[keyof typeof SENSORS] | 'unknown';

/** One flight line. */
export interface FlightLine {
  /** Sensor letter, day, sortie letter if any, line number: `f21701`. */
  readonly name: string;
  /** By the first letter of the name: `f` Fenix, `e` Eagle, `h` Hawk, `o` Owl; else `unknown`. */
  readonly sensor: ScopsSensor;
  /** Every band that the page offers for the line, in its order. */
  readonly bands: readonly Band[];
  /** Whether SCOPS can take an order for it: the server cuts letters off the names of Eagle and Hawk lines and refuses them. */
  readonly orderable: boolean;
}

/** One flight day, as the request page shows it. */
export interface Flight extends FlightDay {
  /** Code of the project that the flight belongs to: `GB13_08`. */
  readonly project: string;
  /** The lines flown that day, including those that cannot be ordered ({@link FlightLine.orderable}). */
  readonly lines: readonly FlightLine[];
  /** The box that the page fills in; SCOPS maps whole lines, whatever box an order names. */
  readonly bounds: GeoBounds;
  /** What the page offers besides a PROJ text: `UTM zone 30N`, `UKBNG`. */
  readonly projections: readonly string[];
  /** The page's default; absent if the server cannot use any of its choices. */
  readonly defaultProjection?: string;
  /** The UTM zone of the flight, `30N`; absent if the page names none. */
  readonly utmZone?: string;
  /** Whether the page offers the British National Grid (`UKBNG`), as it does for flights over the United Kingdom. */
  readonly isUk: boolean;
  /** What the page offers, in metres. */
  readonly pixelSizes: readonly number[];
  /** Mean optimal pixel size of the lines in metres; may not be one of {@link Flight.pixelSizes}; absent if the page does not give it. */
  readonly optimalPixelSize?: number;
  /** The page's default interpolation; absent if it names no known method. */
  readonly defaultInterpolation?: ScopsInterpolation;
  /** The page's default elevation model; absent if it names none. */
  readonly defaultDem?: 'aster' | 'srtm';
  /** The page's own hidden fields, sent back unchanged. */
  readonly form: Readonly<Record<'project' | 'year' | 'julianday' | 'sortie', string>>;
}
