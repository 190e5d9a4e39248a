import { SAMPLE_FLIGHTS, SAMPLE_PASSWORD } from './sample.js';
import type { ScopsHost, ScopsSampleFlight, ScopsSimulatorOptions, ScopsTiming } from './types.js';

/** Mount point of the site. */
export const BASE_PATH = '/processor/';
/** Virtual origin. */
export const ORIGIN = 'https://scops.simulated';
/** Directories on the simulated hosts. */
export const CONFIG_DIRECTORY = '/srv/scops/configs/';
export const OUTPUT_DIRECTORY = '/srv/scops/processing/';
export const DEM_DIRECTORY = '/srv/scops/dem_upload/';
export const PLUGIN_DIRECTORY = '/srv/scops/plugins/';
/** Selectable pixel sizes of the request page, in metres. */
export const PIXEL_SIZES: readonly number[] = Array.from({ length: 14 }, (_, index) => (index + 1) / 2);
/** Letters of the masks in the order of the page. */
export const MASKS = 'uomnrqabcdef';
/** The ready equations of the band-maths page. */
export const EQUATIONS: readonly (readonly [name: string, equation: string])[] = [
  ['ndvi', '(band253-band170)/(band253+band170)'],
  ['ndbi', '(band460-band253)/(band460+band253)'],
  ['ndwi', '(band281-band396)/(band281+band396)'],
];

const MODERN: ScopsHost = {
  location: 'path',
  dictionaryOrder: 'sent',
  floats: 'full',
  formLimits: true,
  configText: 'utf-8',
  prettyJson: false,
};
const OF_2018: ScopsHost = {
  location: 'absolute',
  dictionaryOrder: 'python2',
  floats: 'short',
  formLimits: false,
  configText: 'ascii',
  prettyJson: true,
};
const TIMING: ScopsTiming = {
  cron: 1000,
  submission: 300,
  queue: 2000,
  aplmask: 8000,
  aplcorr: 12_000,
  apltran: 6000,
  aplmap: 40_000,
  zipping: 4000,
  projectZip: 2000,
};

/** Options with every default filled in. */
export interface Settings {
  readonly projects: Readonly<Record<string, string>>;
  readonly flights: readonly ScopsSampleFlight[];
  readonly plugins: readonly string[];
  readonly generation: 'a' | 'b' | 'c';
  readonly host: ScopsHost;
  readonly illFormed: boolean;
  readonly timeZone: string;
  readonly serverBase: string;
  readonly skipConfirmation: boolean;
  readonly smtp: boolean;
  readonly passwordFile: boolean;
  readonly staleProgress: boolean;
  readonly queue: 'qsub' | 'local';
  readonly timing: ScopsTiming;
  readonly mapSize: readonly [columns: number, rows: number];
  readonly demCovers: boolean | undefined;
}

/** Fills in the defaults. */
export function resolveSettings(options: ScopsSimulatorOptions): Settings {
  const flights = mergeFlights(options);
  const { generation = 'b', host = 'modern' } = options;
  const named = host === 'modern' ? MODERN : host === '2018' ? OF_2018 : { ...MODERN, ...host };
  return {
    projects: options.projects ?? Object.fromEntries(flights.map((flight) => [flight.project, SAMPLE_PASSWORD])),
    flights,
    plugins: generation === 'a' ? [] : (options.data?.plugins ?? ['spectral_angle']),
    generation,
    host: named,
    illFormed: options.pages === 'ill-formed',
    timeZone: options.timeZone ?? 'UTC',
    serverBase: options.serverBase ?? ORIGIN,
    skipConfirmation: generation !== 'a' && (options.skipConfirmation ?? false),
    smtp: options.smtp ?? true,
    passwordFile: options.passwordFile ?? true,
    staleProgress: options.staleProgress ?? true,
    queue: options.queue ?? 'qsub',
    timing: { ...TIMING, ...options.timing },
    mapSize: options.mapSize ?? [40, 30],
    demCovers: options.demCovers,
  };
}

function mergeFlights({ data }: ScopsSimulatorOptions): ScopsSampleFlight[] {
  const key = (flight: ScopsSampleFlight): string =>
    [flight.project, flight.year, flight.day, flight.sortie ?? ''].join('/');
  const all = [...(data?.replace === true ? [] : SAMPLE_FLIGHTS), ...(data?.flights ?? [])];
  const unique = new Map(all.map((flight) => [key(flight), flight])).values();
  return Array.from(unique, (flight) => ({
    ...flight,
    lines: flight.lines.map((line) => ({ ...line, ...data?.lines?.[line.name] })),
  }));
}
