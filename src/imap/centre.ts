import type { CredentialLayer } from '../errors.js';
import { namesOf } from '../core/util/records.js';

/** How errors and settings call the centre. */
export const CENTRE = 'imap';

/** Environment variables, those of the Python tool; an option wins over its variable. */
export const VARIABLES = {
  baseUrl: 'IMAP_DATA_ACCESS_URL',
  dataDir: 'IMAP_DATA_DIR',
  apiKey: 'IMAP_API_KEY',
  accessToken: 'IMAP_ACCESS_TOKEN',
  webpodaToken: 'IMAP_WEBPODA_TOKEN',
  webpodaUrl: 'IMAP_WEBPODA_URL',
} as const;

/** The server's three doors: the prefix of each below the base URL, and the credential that opens it. */
export const DOORS = {
  public: { prefix: '', layer: 'api-key' },
  token: { prefix: 'authorized/', layer: 'token' },
  'api-key': { prefix: 'api-key/', layer: 'api-key' },
} as const satisfies Readonly<Record<string, { readonly prefix: string; readonly layer: CredentialLayer }>>;

export type Access = keyof typeof DOORS;

interface InstrumentRow {
  readonly name: string;
  /** Its packet kinds (application ids), in the order in which they are asked for; absent: it sends no packets. */
  readonly apids?: readonly number[];
  /** How far packets of a day are asked for beyond both its ends. */
  readonly bufferMinutes?: number;
}

/** In alphabetical order. A new instrument is one line here. */
const INSTRUMENT_ROWS = [
  { name: 'codice', apids: [1136, 1152, 1153, ...span(1155, 1162), ...span(1168, 1174)], bufferMinutes: 7 },
  { name: 'glows', apids: [1480, 1481] },
  { name: 'hi', apids: [740, 754, 769, 770, 772, 804, 818, 833, 834, 836] },
  { name: 'hit', apids: [1251, 1252, 1253], bufferMinutes: 20 },
  { name: 'ialirt', apids: [478] },
  { name: 'idex', apids: [1418, 1419, 1424] },
  { name: 'l1const' },
  { name: 'lo', apids: [673, 676, 677, 705, 706, 707, 708] },
  { name: 'mag', apids: [1052, 1068], bufferMinutes: 30 },
  { name: 'spacecraft', apids: [594] },
  { name: 'swapi', apids: [1184, 1188], bufferMinutes: 1 },
  { name: 'swe', apids: [1330, 1334, 1344], bufferMinutes: 1 },
  {
    name: 'ultra',
    apids: [
      ...span(865, 877),
      ...span(880, 889),
      ...span(896, 901),
      ...span(929, 941),
      ...span(944, 953),
      ...span(960, 965),
    ],
  },
] as const satisfies readonly InstrumentRow[];
const rows: readonly InstrumentRow[] = INSTRUMENT_ROWS;

/** Instruments that file names and queries know, in alphabetical order. */
export const INSTRUMENTS = namesOf(INSTRUMENT_ROWS);

/** The packet kinds (application ids) of each instrument, in the order in which they are asked for. */
export const PACKET_APIDS: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
  rows.flatMap(({ name, apids }) => (apids === undefined ? [] : [[name, apids]])),
);

/** How far packets of a day are asked for beyond both its ends, in minutes, where that is not 0. */
export const PACKET_BUFFER_MINUTES: Readonly<Record<string, number>> = Object.fromEntries(
  rows.flatMap(({ name, bufferMinutes }) => (bufferMinutes === undefined ? [] : [[name, bufferMinutes]])),
);

/** Processing levels, from raw packets (`l0`) to maps (`l3e`). */
export const DATA_LEVELS = [
  'l0',
  'l1',
  'l1a',
  'l1b',
  'l1c',
  'l1ca',
  'l1cb',
  'l1d',
  'l2',
  'l2a',
  'l2b',
  'l2c',
  'l3',
  'l3a',
  'l3b',
  'l3c',
  'l3d',
  'l3e',
] as const;

/** Tables of `query`; kernels have their own call, `spiceQuery`. */
export const TABLES = ['science', 'ancillary', 'quicklook'] as const;

/** File extensions of each class of names. */
export const EXTENSIONS = {
  /** Science files: `cdf` for products, `pkts` for raw packets (level `l0`). */
  science: ['cdf', 'pkts'],
  /** Ancillary files, such as calibrations and look-up tables. */
  ancillary: ['cdf', 'csv', 'dat', 'json', 'zip', 'tsv', 'pgm', 'xlsx'],
  /** Quicklook plots. */
  quicklook: ['jpg', 'pdf', 'png'],
  /** Lists of inputs of one processing job. */
  dependency: ['json'],
  /** Release manifests: text, one file name per line. */
  release: ['txt'],
} as const;

/** Kinds of kernels and table files that `spiceQuery` takes; `kernels` means all kernels. */
export const SPICE_TYPES = [
  'kernels',
  'leapseconds',
  'planetary_constants',
  'imap_frames',
  'science_frames',
  'spacecraft_clock',
  'earth_attitude',
  'planetary_ephemeris',
  'ephemeris_reconstructed',
  'ephemeris_nominal',
  'ephemeris_predicted',
  'ephemeris_90days',
  'ephemeris_long',
  'ephemeris_launch',
  'attitude_history',
  'attitude_predict',
  'pointing_attitude',
  'spin',
  'repoint',
  'metakernel',
  'thruster',
  'lagrange_point',
] as const;

/** The folder below `imap/spice` of the kinds that are answered from the tables, not from the kernels. */
export const SPICE_TABLE_FOLDERS: Readonly<Record<string, string>> = {
  spin: 'spin',
  repoint: 'repoint',
  thruster: 'activities',
} satisfies Partial<Record<(typeof SPICE_TYPES)[number], string>>;

/** How far a processing job is. */
export const JOB_STATUSES = ['INPROGRESS', 'SUCCEEDED', 'FAILED'] as const;

/** What a release manifest can ask for. */
export const RELEASE_TYPES = ['release', 'early-release', 'unrelease'] as const;

/** One of {@link INSTRUMENTS}. */
export type Instrument = (typeof INSTRUMENTS)[number];
/** One of {@link DATA_LEVELS}. */
export type DataLevel = (typeof DATA_LEVELS)[number];
/** One of {@link TABLES}. */
export type ImapTable = (typeof TABLES)[number];
/** One of {@link SPICE_TYPES}. */
export type SpiceType = (typeof SPICE_TYPES)[number];
/** One of {@link RELEASE_TYPES}. */
export type ReleaseType = (typeof RELEASE_TYPES)[number];

/**
 * Query parameters of the Science Data Center and the packet service that are worth reading in messages and never secret;
 * all others are hidden. The packet service takes comparisons: `time>=…` is a parameter `time>`.
 */
export const VISIBLE_PARAMETERS = [
  'cr',
  'crid',
  'data_level',
  'descriptor',
  'end_date',
  'end_ingest_date',
  'end_time',
  'ert>',
  'extension',
  'file_name',
  'file_path',
  'file_types',
  'ingestion_end_date',
  'ingestion_start_date',
  'instrument',
  'job_log_stream_id',
  'latest',
  'list_files',
  'major_version',
  'manifest_file',
  'manually_reprocessed',
  'minor_version',
  'release_type',
  'released',
  'repointing',
  'reprocessing',
  'require_coverage',
  'spice_path',
  'start_date',
  'start_ingest_date',
  'start_time',
  'status',
  'table',
  'time>',
  'type',
  'version',
] as const;

function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_unused, at) => first + at);
}
