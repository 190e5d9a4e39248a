import type { ImapTable, Instrument, ReleaseType } from '../../imap/index.js';

/** Instruments; a copy, so that help and completion need not load the client. A test compares them. */
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
] as const satisfies readonly Instrument[];

/** Tables of `query`: those of the client, and kernels. */
export const TABLES = ['science', 'ancillary', 'quicklook', 'spice'] as const satisfies readonly (
  ImapTable | 'spice'
)[];

/** What a release manifest can ask for. */
export const RELEASE_TYPES = ['release', 'early-release', 'unrelease'] as const satisfies readonly ReleaseType[];
