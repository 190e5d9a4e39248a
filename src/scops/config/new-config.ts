import { Arguments } from '../../core/operation/arguments.js';
import type { ScopsConfig } from './types.js';
import { ALL_MASKS, ELEVATION_MODELS, INTERPOLATIONS } from '../centre.js';
import { boundsOf } from '../order/bounds.js';
import { flightDayOf } from '../order/flight-day.js';
import { lineOrdersOf, masksOf } from '../order/lines.js';
import { pixelSizeOf } from '../order/pixel-size.js';
import { projectionOf } from '../order/projection.js';
import { decimal, requireEmail, requireStorable } from '../order/text.js';
import type { FlightDay, GeoBounds, ScopsOrder } from '../types.js';

/** An order in the words of {@link ScopsOrder}, for the processing host, where there is no request page to fill in the rest. */
export interface HostOrder extends Pick<ScopsOrder, 'email' | 'masks' | 'interpolation'> {
  /** Code of the project, such as `GB13_08`; names the processing folder and the archive. */
  readonly project: string;
  /** Day, year and sortie letter of the flight. */
  readonly flight: FlightDay;
  /** The lines to process, 1 to 300, each once. */
  readonly lines: readonly {
    /** Name of the line's level-1b file without `1b.bil.hdr`: `f21701`. */
    readonly name: string;
    /** First and last band, 1-based, both included. */
    readonly bands: readonly [first: number, last: number];
  }[];
  /** `UTM zone 30N`, `UKBNG` or a PROJ text; as in {@link ScopsOrder.projection}, but without a default. */
  readonly projection: NonNullable<ScopsOrder['projection']>;
  /** As in {@link ScopsOrder.pixelSize}, but without a default. */
  readonly pixelSize: NonNullable<ScopsOrder['pixelSize']>;
  /** Stored with the order; the back end maps the whole lines all the same. */
  readonly bounds: GeoBounds;
  /** Default `aster`; else the path of an elevation model. */
  readonly dem?:
    | 'aster'
    | 'srtm'
    | {
        /** Path on the host; one band, ENVI BIL or BSQ, WGS84 latitude and longitude, covering all lines. */
        readonly file: string;
      };
  /** The project's folder, which holds the delivery. */
  readonly sourceFolder: string;
  /** Where plugins are, on the host; default: not stored. Lines with equations or plugins need it. */
  readonly pluginDirectory?: string;
  /** Whether the scheduler may take it up at once. Default false. */
  readonly confirmed?: boolean;
}

/**
 * Writes an order as a config, with every key that front and back end read, in the front end's order.
 *
 * @param order - The order.
 * @throws `TypeError` or `RangeError` naming the part.
 */
export function newScopsConfig(order: HostOrder): ScopsConfig {
  const args = new Arguments('scops.newScopsConfig');
  const { year, day, sortie } = flightDayOf(args, order.flight);
  const projection = projectionOf(args, order.projection);
  const pixel = pixelSizeOf(args, order.pixelSize, projection);
  const bounds = boundsOf(args, order.bounds);
  if (projection === undefined || pixel === undefined || bounds === undefined)
    throw args.invalid('projection, pixelSize and bounds are needed');
  const lines = lineOrdersOf(args, order.lines);
  const masks = masksOf(args, order.masks);
  const text = (value: unknown, label: string): string => requireStorable(args, value, label);
  const { dem = 'aster' } = order;
  const { north, east, south, west } = bounds;
  const defaults: Record<string, string> = {
    julianday: String(day),
    year: String(year),
    sortie: sortie ?? 'None',
    project_code: text(order.project, 'project'),
    projection: projection.choice,
    sourcefolder: text(order.sourceFolder, 'sourceFolder'),
    bandratio: 'False',
    bandratioset: 'False',
    bandratiomappedset: 'False',
    bandratiolev1complete: 'False',
    bandratiomappedcomplete: 'False',
    has_error: 'False',
    restart: 'False',
    ftp_dem: 'False',
    ftp_dem_confirmed: 'False',
    ...(order.pluginDirectory !== undefined && { plugin_directory: text(order.pluginDirectory, 'pluginDirectory') }),
    projstring: projection.proj ?? '',
    dem: typeof dem === 'string' ? args.oneOf(dem, 'dem', ELEVATION_MODELS) : 'upload',
    ...(typeof dem === 'object' && { dem_name: text(dem.file, 'dem.file') }),
    bounds: [north, east, south, west].map(decimal).join(' '),
    email: requireEmail(args, order.email),
    interpolation: args.oneOf(order.interpolation ?? 'nearest', 'interpolation', INTERPOLATIONS),
    pixelsize: pixel.map(decimal).join(' '),
    submitted: 'False',
    confirmed: order.confirmed === true ? 'True' : 'False',
    status_email_sent: 'False',
    masking: masks === 'all' ? ALL_MASKS : masks,
  };
  const sections = lines.map(({ name, bands }): [string, Record<string, string>] => {
    if (bands === undefined) throw args.invalid(`give the bands of ${name}; there is no page to read them from`);
    return [name, { process: 'true', band_range: `${bands[0]}-${bands[1]}` }];
  });
  return { defaults, lines: Object.fromEntries(sections) };
}
