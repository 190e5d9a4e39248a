import { NotFoundError } from '../../errors.js';
import type { CommandSpec } from '../command/spec.js';
import type { Column } from '../output/columns.js';
import { printRows } from '../output/print.js';
import { UsageError } from '../command/usage-error.js';
import { withHmi } from './open.js';

type Row = Readonly<Record<string, string | number>>;

/** `sdc hmi meta`. */
export const meta: CommandSpec = {
  name: 'meta',
  summary: 'read the keywords of records',
  arguments: [
    { flags: '<series>', text: 'such as hmi.sharp_720s' },
    { flags: '<recnums...>', text: 'record numbers, as list shows them' },
  ],
  options: [{ flags: '--fields <names>', text: 'keywords to read; default all, which is slow', many: true }],
  examples: [['sdc hmi meta hmi.sharp_720s 2371911 2371912 --fields usflux,area', 'two keywords of two records']],
  run: async (context) => {
    const { input, outcome, signal } = context;
    const recnums = input.argumentList('recnums').map(recnumOf);
    const fields = input.list('fields') ?? [];
    const found = await withHmi(context, (hmi) => hmi.meta(input.argument('series'), recnums, fields, { signal }));
    const rows = [...found].map(([recnum, keywords]): Row => ({ recnum, ...keywords }));
    outcome.done(rows.length);
    const names = new Set(['recnum', ...rows.flatMap((row) => Object.keys(row))]);
    const columns: Column<Row>[] = [...names].map((name) => ({ name, value: (row) => row[name] }));
    // Keywords keep the names that the service gives them.
    await printRows(context.terminal, { format: context.format, nameCase: undefined }, columns, rows);
    for (const recnum of found.missing) outcome.failed(`record ${recnum}`, missing());
  },
};

function recnumOf(text: string): number {
  if (/^\d{1,15}$/u.test(text)) return Number(text);
  throw new UsageError(`a record number is a whole number, got ${JSON.stringify(text)}`);
}

function missing(): NotFoundError {
  return new NotFoundError('the service does not have it', { centre: 'hmi', operation: 'hmi.meta' });
}
