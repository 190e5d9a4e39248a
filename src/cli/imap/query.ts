import type { ImapClient, ImapFile, SpiceFile } from '../../imap/index.js';
import { DOWNLOAD_OPTIONS } from '../command/common-options.js';
import type { Context } from '../command/context.js';
import type { CommandSpec } from '../command/spec.js';
import { downloadOptions, Transfers } from '../command/transfer.js';
import { sayDownloaded } from './download.js';
import { find } from './find.js';
import { frame, queryColumns } from './frame.js';
import { seesReleasedOnly, withImap } from './open.js';
import { pythonJson } from './python-json.js';
import { INSTRUMENTS, TABLES } from './words.js';

/** `sdc imap query`. */
export const query: CommandSpec = {
  name: 'query',
  summary: 'find files of the archive',
  details:
    'Dates are inclusive; --end-date limits the start date of files. Without a key only released files are found.',
  options: [
    { flags: '--table <name>', text: 'default science', choices: TABLES },
    { flags: '--instrument <name>', text: 'instrument', suggestions: INSTRUMENTS },
    { flags: '--data-level <level>', text: 'l0, l1a, …' },
    { flags: '--descriptor <text>', text: 'descriptor of the product' },
    { flags: '--start-date <date>', text: 'YYYYMMDD' },
    { flags: '--end-date <date>', text: 'YYYYMMDD' },
    { flags: '--ingestion-start-date <date>', text: 'first day of ingestion, YYYYMMDD' },
    { flags: '--ingestion-end-date <date>', text: 'last day of ingestion, YYYYMMDD' },
    { flags: '--repointing <number>', text: 'a number, or repoint and five digits' },
    { flags: '--version <version>', text: 'latest, or such as v001.0002 (ancillary: v001)' },
    { flags: '--major-version <number>', text: 'the part before the point' },
    { flags: '--minor-version <number>', text: 'the part after the point' },
    { flags: '--extension <ending>', text: 'cdf, pkts, …' },
    { flags: '--cr <number>', text: 'Carrington rotation', number: { min: 0, whole: true } },
    { flags: '--crid <text>', text: 'release identifier' },
    { flags: '--released <which>', text: 'only released files, or only the others', choices: ['true', 'false'] },
    { flags: '--filename <name>', text: 'the file of this name; stands alone' },
    { flags: '--type <kind>', text: 'kind of kernel, such as ephemeris_predicted; with --table spice' },
    { flags: '--output-format <format>', text: 'the same as --output', choices: ['table', 'json'] },
    { flags: '--download', text: 'download everything that was found' },
    ...DOWNLOAD_OPTIONS,
  ],
  examples: [
    [
      'sdc imap query --instrument mag --data-level l1a --start-date 20260101 --version latest',
      'newest files from a day on',
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
      // A part of the files reads like all of them, just as none does.
      if (found !== 'spice' && seesReleasedOnly(context)) context.note(RELEASED_ONLY);
      if (input.flag('download')) return downloadRows(context, imap, rows);
      await show(context, found, rows);
    });
  },
};

const RELEASED_ONLY = 'without a key only released files are shown; see sdc imap login, or set IMAP_API_KEY';

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
