import type { HmiRecord } from '../../hmi/index.js';
import type { Column } from '../output/columns.js';
import type { CommandSpec } from '../command/spec.js';
import { allRows } from '../command/pages.js';
import { FILTER_OPTIONS, queryOf, RANGE_ARGUMENTS, withHmi } from './open.js';

/** Records in a table. */
export const RECORD_COLUMNS: readonly Column<HmiRecord>[] = [
  { name: 'series', title: 'Series', value: ({ series }) => series },
  { name: 'date_obs', title: 'Date', value: ({ dateObsText }) => dateObsText },
  { name: 'harpnum', title: 'HARP', value: ({ harpnum }) => harpnum },
  { name: 'recnum', title: 'Record', value: ({ recnum }) => recnum },
  { name: 'quality', title: 'Quality', value: ({ quality }) => quality },
  {
    name: 'segments',
    title: 'Segments',
    value: ({ files }) => files.map(({ segment = 'file' }) => segment).join(' '),
  },
];

/** `sdc hmi list`. */
export const list: CommandSpec = {
  name: 'list',
  summary: 'list the records of a time range',
  arguments: RANGE_ARGUMENTS,
  options: [
    ...FILTER_OPTIONS,
    { flags: '--meta', text: 'include their keywords (JSON); slow for the service, so prefer meta' },
  ],
  examples: [
    ['sdc hmi list hmi.sharp_720s 2015-12-11 2015-12-12 --cadence 60 --quality 0', 'good records on the hour'],
  ],
  run: async (context) => {
    const found = await withHmi(context, (hmi) =>
      allRows(context, hmi.query(context.input.argument('series'), queryOf(context), { signal: context.signal })),
    );
    await context.rows(RECORD_COLUMNS, found);
    if (found.length === 0) context.note('no records found');
  },
};
