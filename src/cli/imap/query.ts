import type { ImapClient, ImapFile, SpiceFile } from '../../imap/index.js';
import { DOWNLOAD_OPTIONS } from '../command/common-options.js';
import type { Context } from '../command/context.js';
import type { CommandSpec } from '../command/spec.js';
import { downloadOptions, Transfers } from '../command/transfer.js';
import { sayDownloaded } from './download.js';
import { KERNEL_TYPE, QUERY_FILTERS } from './filters.js';
import { find } from './find.js';
import { frame, queryColumns } from './frame.js';
import { noteReleasedOnly, withImap } from './open.js';
import { pythonJson } from './python-json.js';
import { TABLES } from './words.js';

/** `sdc imap query`. */
export const query: CommandSpec = {
  name: 'query',
  summary: 'find files in the archive',
  details:
    'Dates are inclusive; --end-date limits the start date of files. Without a key, only released files are found.',
  options: [
    ...QUERY_FILTERS,
    { flags: '--filename <name>', text: 'the file with this name; cannot be combined with other filters' },
    KERNEL_TYPE,
    { flags: '--output-format <format>', text: 'the same as --output', choices: ['table', 'json'] },
    { flags: '--download', text: 'download everything that was found' },
    ...DOWNLOAD_OPTIONS,
  ],
  examples: [
    [
      'sdc imap query --instrument mag --data-level l1a --start-date 20260101 --version latest',
      'latest versions from a given day on',
    ],
    ['sdc imap query --table spice --type attitude_history --output json', 'kernels, as JSON'],
    ['sdc imap query --instrument swapi --start-date 20260101 --download', 'find and download'],
  ],
  run: async (context) => {
    const { input } = context;
    const table = input.choice('table', TABLES) ?? 'science';
    await withImap(context, async (imap) => {
      const rows = await find(context, imap, table);
      const found = rows.some((row) => 'name' in row) ? 'spice' : table;
      if (found !== 'spice') noteReleasedOnly(context);
      if (input.flag('download')) return downloadRows(context, imap, rows);
      await show(context, found, rows);
    });
  },
};

async function show(context: Context, table: string, rows: readonly (ImapFile | SpiceFile)[]): Promise<void> {
  const { input, format, terminal } = context;
  const columns = queryColumns(table, rows);
  if (input.text('outputFormat') === 'json') terminal.out(`${pythonJson(rows.map(({ raw }) => raw))}\n`);
  else if (format !== 'table') await context.rows(columns, rows, ({ raw }) => raw);
  else if (rows.length === 0) terminal.out('Found [0] matching files\n');
  else terminal.out(`Found [${rows.length}] matching files in ${table} table\n${frame(columns, rows)}\n`);
}

async function downloadRows(
  context: Context,
  imap: ImapClient,
  rows: readonly (ImapFile | SpiceFile)[],
): Promise<void> {
  const transfers = new Transfers(context);
  await context.progress('downloading', ({ onProgress }) =>
    transfers.take(imap.downloadAll(rows, downloadOptions(context, onProgress)), (name) => name, sayDownloaded),
  );
  await transfers.print();
}
