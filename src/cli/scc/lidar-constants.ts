import { writeAtomic } from '../../core/files/write-atomic.js';
import { utcDay } from '../command/dates.js';
import { defined } from '../command/defined.js';
import { allRows } from '../command/pages.js';
import type { CommandSpec } from '../command/spec.js';
import { csvText } from '../output/csv.js';
import { CONSTANT_COLUMNS } from './columns.js';
import { withScc } from './open.js';
import { DATE_ARGUMENTS, LOCATION } from './search-pages.js';

/** `sdc scc lidar-constants`. */
export const lidarConstants: CommandSpec = {
  name: 'lidar-constants',
  aliases: ['scc-lidar-constants', 'lidar-constants-scc'],
  summary: 'list the lidar constants of a date range, or write them to a CSV file',
  arguments: [...DATE_ARGUMENTS, { flags: '[csv]', text: 'file to write; default: print' }],
  options: [LOCATION],
  examples: [['sdc scc lidar-constants 2021-06-01 2021-07-01 constants.csv --location aky', 'a month into a file']],
  run: async (context) => {
    const { input, signal } = context;
    const query = {
      dateStart: utcDay(input.argument('date-start'), 'date-start'),
      dateEnd: utcDay(input.argument('date-end'), 'date-end'),
      ...defined({ station: input.text('location') }),
    };
    const found = await withScc(context, (scc) => allRows(context, scc.getLidarConstants(query, { signal })));
    const file = input.optionalArgument('csv');
    if (file === undefined) return context.rows(CONSTANT_COLUMNS, found);
    await writeAtomic(file, csvText(CONSTANT_COLUMNS, found));
    await context.result(`wrote ${found.length} lidar constants to ${file}`, {
      status: 'written',
      rows: found.length,
      path: file,
    });
  },
};
