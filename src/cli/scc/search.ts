import { writeAtomic } from '../../core/files/write-atomic.js';
import type { CommandSpec } from '../command/spec.js';
import { csvText } from '../output/csv.js';
import { measurementColumns } from './columns.js';
import { withScc } from './open.js';
import { DATE_ARGUMENTS, LOCATION, searchMeasurements } from './search-pages.js';

/** `sdc scc search`. */
export const search: CommandSpec = {
  name: 'search',
  aliases: ['scc-search'],
  summary: 'list the measurements of a date range, with the state of each product',
  arguments: DATE_ARGUMENTS,
  options: [
    LOCATION,
    {
      flags: '--detailed-status',
      text: "the SCC's own status numbers (127 done, -127 failed); one request per measurement",
    },
    { flags: '--to-csv <file>', text: 'write the result to a file; download --list reads it' },
  ],
  examples: [
    ['sdc scc search 2021-06-01 2021-07-01 --location aky', 'June 2021 at one station'],
    ['sdc scc search 2021-06-01 2021-07-01 --detailed-status --to-csv june.csv', 'into a file, with status numbers'],
  ],
  run: async (context) => {
    const { input } = context;
    const columns = measurementColumns(input.flag('detailedStatus'));
    const found = await withScc(context, (scc) => searchMeasurements(context, scc));
    const file = input.text('toCsv');
    if (file === undefined) {
      await context.rows(columns, found);
    } else {
      await writeAtomic(file, csvText(columns, found));
      await context.result(`wrote ${found.length} measurements to ${file}`, {
        status: 'written',
        rows: found.length,
        path: file,
      });
    }
    if (found.length === 0) context.note('no measurements found');
  },
};
