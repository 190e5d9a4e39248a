/** One kind of kernel name: how it is written and which groups of the pattern hold what. */
export interface SpicePattern {
  readonly grammar: RegExp;
  readonly type: number | string;
  readonly version?: number;
  /** Groups of a date: year and day of year, or one group of six or eight digits. */
  readonly start?: readonly [number, number] | readonly [number];
  readonly end?: readonly [number, number] | readonly [number];
}

/**
 * The twelve kinds, in the order in which the server tries them (section 10.5). They are anchored at the start only,
 * and all but the eighth ignore letter case, as there.
 */
export const SPICE_PATTERNS: readonly SpicePattern[] = [
  {
    grammar: /^imap_(\d{4})_(\d{3})_(\d{4})_(\d{3})_(\d+)\.(ah.bc|ap.bc|spin.csv|spin)/i,
    type: 6,
    version: 5,
    start: [1, 2],
    end: [3, 4],
  },
  {
    grammar: /^(imap_dps)_(\d{4})_(\d{3})_(\d{4})_(\d{3})_(\d+)\.ah\.bc/i,
    type: 1,
    version: 6,
    start: [2, 3],
    end: [4, 5],
  },
  { grammar: /^imap_(\d{4})_(\d{3})_(\d+)\.(repoint.csv|repoint)/i, type: 4, version: 3, end: [1, 2] },
  {
    grammar: /^imap_([a-z0-9-]+)_(?:od\d{3}_)?(\d{8})_(\d{8})(?:_v(\d*))?\.bsp/i,
    type: 1,
    version: 4,
    start: [2],
    end: [3],
  },
  { grammar: /^(L1_de|[a-z_-]+)(\d+)\.(?:tls|tpc|bsp|tsc)/i, type: 1, version: 2 },
  { grammar: /^imap_(\d+)\.tf/i, type: 'tf', version: 1 },
  {
    grammar: /^imap_(\d{4})_(\d{3})_(\d{4})_(\d{3})_[\w-]+_(\d{2})\.sff/i,
    type: 'sff',
    version: 5,
    start: [1, 2],
    end: [3, 4],
  },
  { grammar: /^imap_sdc_metakernel_(\d{4})_v(\d{3})\.tm/, type: 'tm', version: 2, start: [1] },
  { grammar: /^imap_(\d{4})_(\d{3})_a(\d{2})\.spice\.mk/i, type: 'mk', version: 3, start: [1, 2] },
  { grammar: /^imap_(\d{4})_(\d{3})_e(\d{2})\.mk/i, type: 'mk', version: 3, start: [1, 2] },
  { grammar: /^(imap_science)_(\d+)\.tf/i, type: 1, version: 2 },
  { grammar: /^earth_(\d{6})_(\d{6})_(\d{6})\.bpc/i, type: 'bpc', start: [1], end: [2] },
];

/** What a captured word says: the kernel's type and the folder it lies in. */
export const SPICE_TYPES: Readonly<Record<string, readonly [type: string, directory: string]>> = {
  'ah.bc': ['attitude_history', 'ck'],
  'ap.bc': ['attitude_predict', 'ck'],
  'spin.csv': ['spin', 'spin'],
  spin: ['spin', 'spin'],
  'repoint.csv': ['repoint', 'repoint'],
  repoint: ['repoint', 'repoint'],
  recon: ['ephemeris_reconstructed', 'spk'],
  nom: ['ephemeris_nominal', 'spk'],
  pred: ['ephemeris_predicted', 'spk'],
  '90days': ['ephemeris_90days', 'spk'],
  long: ['ephemeris_long', 'spk'],
  launch: ['ephemeris_launch', 'spk'],
  bpc: ['earth_attitude', 'pck'],
  de: ['planetary_ephemeris', 'spk'],
  pck: ['planetary_constants', 'pck'],
  naif: ['leapseconds', 'lsk'],
  imap_dps: ['pointing_attitude', 'ck'],
  imap_sclk_: ['spacecraft_clock', 'sclk'],
  tf: ['imap_frames', 'fk'],
  imap_science: ['science_frames', 'fk'],
  mk: ['metakernel', 'mk'],
  tm: ['metakernel', 'mk'],
  sff: ['thruster', 'activities'],
  L1_de: ['lagrange_point', 'spk'],
};
