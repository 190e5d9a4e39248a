import type { SpiceType } from '../centre.js';

/** How the date texts of a pattern are written. */
export type SpiceDateForm = 'year-day' | 'day' | 'short-day' | 'year';

/** One of the twelve grammars of kernel names; the first that fits decides. */
export interface SpicePattern {
  readonly grammar: string;
  /** Letter case is ignored in all but one; the captured type must still be spelt as in {@link SPICE_SUFFIXES}. */
  readonly sameCase?: boolean;
  /** What each group holds, in order. */
  readonly groups: readonly ('start' | 'end' | 'prediction' | 'version' | 'suffix')[];
  readonly dates?: SpiceDateForm;
}

const YEAR_DAY = '([0-9]{4}_[0-9]{3})';

/** In the order in which they are tried. */
export const SPICE_PATTERNS: readonly SpicePattern[] = [
  {
    grammar: `imap_${YEAR_DAY}_${YEAR_DAY}_([0-9]+)\\.(ah.bc|ap.bc|spin.csv|spin)`,
    groups: ['start', 'end', 'version', 'suffix'],
    dates: 'year-day',
  },
  {
    grammar: `(imap_dps)_${YEAR_DAY}_${YEAR_DAY}_([0-9]+)\\.ah\\.bc`,
    groups: ['suffix', 'start', 'end', 'version'],
    dates: 'year-day',
  },
  {
    grammar: `imap_${YEAR_DAY}_([0-9]+)\\.(repoint.csv|repoint)`,
    groups: ['end', 'version', 'suffix'],
    dates: 'year-day',
  },
  {
    grammar: 'imap_([A-Za-z0-9-]+)_(?:od[0-9]{3}_)?([0-9]{8})_([0-9]{8})(?:_v([0-9]*))?\\.bsp',
    groups: ['suffix', 'start', 'end', 'version'],
    dates: 'day',
  },
  { grammar: '(L1_de|[A-Za-z_-]+)([0-9]+)\\.(?:tls|tpc|bsp|tsc)', groups: ['suffix', 'version'] },
  { grammar: 'imap_([0-9]+)\\.(tf)', groups: ['version', 'suffix'] },
  {
    grammar: `imap_${YEAR_DAY}_${YEAR_DAY}_[A-Za-z0-9_-]+_([0-9]{2})\\.(sff)`,
    groups: ['start', 'end', 'version', 'suffix'],
    dates: 'year-day',
  },
  {
    grammar: 'imap_sdc_metakernel_([0-9]{4})_v([0-9]{3})\\.(tm)',
    sameCase: true,
    groups: ['start', 'version', 'suffix'],
    dates: 'year',
  },
  {
    grammar: `imap_${YEAR_DAY}_a([0-9]{2})\\.spice\\.(mk)`,
    groups: ['start', 'version', 'suffix'],
    dates: 'year-day',
  },
  { grammar: `IMAP_${YEAR_DAY}_e([0-9]{2})\\.(mk)`, groups: ['start', 'version', 'suffix'], dates: 'year-day' },
  { grammar: '(imap_science)_([0-9]+)\\.tf', groups: ['suffix', 'version'] },
  {
    grammar: 'earth_([0-9]{6})_([0-9]{6})_([0-9]{6})\\.(bpc)',
    groups: ['start', 'end', 'prediction', 'suffix'],
    dates: 'short-day',
  },
];

/** The captured text of a name, its kind and its folder below `imap/spice`. */
export const SPICE_SUFFIXES: ReadonlyMap<string, readonly [type: SpiceType, directory: string]> = new Map([
  ['ah.bc', ['attitude_history', 'ck']],
  ['ap.bc', ['attitude_predict', 'ck']],
  ['spin.csv', ['spin', 'spin']],
  ['spin', ['spin', 'spin']],
  ['repoint.csv', ['repoint', 'repoint']],
  ['repoint', ['repoint', 'repoint']],
  ['recon', ['ephemeris_reconstructed', 'spk']],
  ['nom', ['ephemeris_nominal', 'spk']],
  ['pred', ['ephemeris_predicted', 'spk']],
  ['90days', ['ephemeris_90days', 'spk']],
  ['long', ['ephemeris_long', 'spk']],
  ['launch', ['ephemeris_launch', 'spk']],
  ['bpc', ['earth_attitude', 'pck']],
  ['de', ['planetary_ephemeris', 'spk']],
  ['pck', ['planetary_constants', 'pck']],
  ['naif', ['leapseconds', 'lsk']],
  ['imap_dps', ['pointing_attitude', 'ck']],
  ['imap_sclk_', ['spacecraft_clock', 'sclk']],
  ['tf', ['imap_frames', 'fk']],
  ['imap_science', ['science_frames', 'fk']],
  ['mk', ['metakernel', 'mk']],
  ['tm', ['metakernel', 'mk']],
  ['sff', ['thruster', 'activities']],
  ['L1_de', ['lagrange_point', 'spk']],
]);
