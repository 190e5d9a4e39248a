import type { ImapQuery } from './query.js';
import type { SpiceQuery } from './spice.js';

/** What a mirror keeps up to date: files of a table, or with `table: 'spice'` kernels and table files of one kind. */
export type ImapMirrorQuery = ImapQuery | (SpiceQuery & Readonly<Record<'table', 'spice'>>);
