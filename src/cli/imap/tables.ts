import type { ImapClient, TableFile, TableQuery } from '../../imap/index.js';
import { DOWNLOAD_OPTIONS } from '../command/common-options.js';
import { defined } from '../command/defined.js';
import type { OptionSpec } from '../command/option-spec.js';
import type { CommandSpec } from '../command/spec.js';
import { downloadOptions, Transfers } from '../command/transfer.js';
import type { Column } from '../output/columns.js';
import { sayDownloaded } from './download.js';
import { withImap } from './open.js';

const COLUMNS: readonly Column<TableFile>[] = [
  { name: 'start_date', title: 'Start Date', value: ({ startDate }) => startDate },
  { name: 'end_date', title: 'End Date', value: ({ endDate }) => endDate },
  { name: 'version', title: 'Version', value: ({ version }) => version },
  { name: 'ingestion_date', title: 'Ingestion Date', value: ({ ingestionDate }) => ingestionDate },
  { name: 'file_path', title: 'File', value: ({ filePath }) => filePath },
];
const OPTIONS: readonly OptionSpec[] = [
  { flags: '--start-date <date>', text: 'files that start on or after this day, YYYYMMDD' },
  { flags: '--end-date <date>', text: 'files that end on or before this day, YYYYMMDD' },
  { flags: '--ingestion-start-date <date>', text: 'first day of ingestion, YYYYMMDD' },
  { flags: '--ingestion-end-date <date>', text: 'last day of ingestion, YYYYMMDD' },
  { flags: '--file-path <path>', text: 'the file with this path in the archive' },
  { flags: '--latest', text: 'only the highest version for each time range' },
  { flags: '--download', text: 'download everything that was found' },
  ...DOWNLOAD_OPTIONS,
];

type Table = 'spinTable' | 'repointTable' | 'smallForcesTable';

/** `sdc imap spin-table`. */
export const spinTable = tableCommand('spin-table', 'spinTable', 'list the spin tables');
/** `sdc imap repoint-table`. */
export const repointTable = tableCommand('repoint-table', 'repointTable', 'list the repointing tables');
/** `sdc imap small-forces-table`. */
export const smallForcesTable = tableCommand(
  'small-forces-table',
  'smallForcesTable',
  'list the small forces (thruster) tables',
  ['thruster-table'],
);

function tableCommand(name: string, table: Table, summary: string, aliases: readonly string[] = []): CommandSpec {
  return {
    name,
    aliases,
    summary,
    options: OPTIONS,
    words: { filePath: '--file-path' },
    examples: [
      [`sdc imap ${name} --latest`, 'the newest for each time range'],
      [`sdc imap ${name} --start-date 20260101 --download`, 'find and download'],
    ],
    run: async (context) => {
      const { input, signal } = context;
      await withImap(context, async (imap) => {
        const found = await ask(imap, table, queryOf(input), signal);
        if (!input.flag('download')) {
          await context.rows(COLUMNS, found);
          if (found.length === 0) context.note('no files found');
          return;
        }
        const transfers = new Transfers(context);
        const paths = found.map(({ filePath }) => filePath);
        await context.progress('downloading', ({ onProgress }) =>
          transfers.take(imap.downloadAll(paths, downloadOptions(context, onProgress)), (path) => path, sayDownloaded),
        );
        await transfers.print();
      });
    },
  };
}

function ask(imap: ImapClient, table: Table, query: TableQuery, signal: AbortSignal): Promise<TableFile[]> {
  if (table === 'spinTable') return imap.spinTable(query, { signal });
  return table === 'repointTable' ? imap.repointTable(query, { signal }) : imap.smallForcesTable(query, { signal });
}

function queryOf(input: Parameters<CommandSpec['run']>[0]['input']): TableQuery {
  return {
    ...defined({
      filePath: input.text('filePath'),
      startDate: input.text('startDate'),
      endDate: input.text('endDate'),
      ingestionStartDate: input.text('ingestionStartDate'),
      ingestionEndDate: input.text('ingestionEndDate'),
    }),
    ...(input.flag('latest') && { latest: true }),
  };
}
