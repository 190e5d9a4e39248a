/** Instruments that file names and queries know, in alphabetical order. */
export const INSTRUMENTS = [
  'codice',
  'glows',
  'hi',
  'hit',
  'ialirt',
  'idex',
  'l1const',
  'lo',
  'mag',
  'spacecraft',
  'swapi',
  'swe',
  'ultra',
] as const;

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
  /** Release manifests: text, one file name a line. */
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
