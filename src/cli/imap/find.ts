import type { ImapClient, ImapFile, ImapMirrorQuery, ImapQuery, ImapTable, SpiceFile } from '../../imap/index.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import type { Input } from '../command/input.js';
import { UsageError } from '../command/usage-error.js';

/** The fields of a query that are options of their own, besides the table, the dates, the version and the name of a file. */
type Filter = Exclude<keyof ImapQuery, 'table' | 'version' | 'filePath' | `${string}Date`>;

/** Asks for what the options describe. */
export async function find(
  context: Context,
  imap: ImapClient,
  table: ImapTable | 'spice',
): Promise<(ImapFile | SpiceFile)[]> {
  const { input, signal } = context;
  const filePath = input.text('filename');
  if (filePath !== undefined) {
    if (Object.keys({ ...datesOf(input), ...filtersOf(input), ...kindOf(input) }).length > 0)
      throw new UsageError("Too many arguments: '--filename' should be used by itself.");
    return byName(imap, filePath, signal);
  }
  const query = queryOf(context, table);
  if (query.table !== 'spice') return imap.query(query, { signal });
  const { table: _table, ...kernels } = query;
  return imap.spiceQuery(kernels, { signal });
}

/** The query that the options describe. */
export function queryOf({ input, warn }: Context, table: ImapTable | 'spice'): ImapMirrorQuery {
  const [dates, filters, { type, version }] = [datesOf(input), filtersOf(input), kindOf(input)];
  if (table !== 'spice') {
    if (type !== undefined) throw new UsageError('--type needs --table spice');
    return { table, ...dates, ...filters, ...defined({ version }) };
  }
  const foreign = Object.keys(filters).map(optionFlag);
  if (foreign.length > 0) warn(`--table spice ignores ${foreign.join(', ')}`);
  if (type === undefined) throw new UsageError('--table spice needs --type, such as ephemeris_predicted');
  const { startDate, endDate, ...ingestion } = dates;
  return { table, type, ...ingestion, ...defined({ startTime: startDate, endTime: endDate, version }) };
}

const datesOf = (input: Input) =>
  defined({
    startDate: input.text('startDate'),
    endDate: input.text('endDate'),
    ingestionStartDate: input.text('ingestionStartDate'),
    ingestionEndDate: input.text('ingestionEndDate'),
  });

const kindOf = (input: Input) => defined({ type: input.text('type'), version: input.text('version') });

const filtersOf = (input: Input) =>
  defined({
    instrument: input.text('instrument'),
    dataLevel: input.text('dataLevel'),
    descriptor: input.text('descriptor'),
    repointing: input.text('repointing'),
    majorVersion: input.text('majorVersion'),
    minorVersion: input.text('minorVersion'),
    extension: input.text('extension'),
    cr: input.number('cr'),
    crid: input.text('crid'),
    released: releasedOf(input.text('released')),
  } satisfies Record<Filter, unknown>);

/** The option that a filter comes from: `--data-level` of `dataLevel`. */
function optionFlag(name: string): string {
  return `--${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
}

function releasedOf(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : text === 'true';
}

/** The kind of a kernel is in its name. */
async function byName(imap: ImapClient, filePath: string, signal: AbortSignal): Promise<(ImapFile | SpiceFile)[]> {
  const { InvalidImapFileName, parseImapFileName, SpiceFilePath } = await import('../../imap/index.js');
  try {
    const parsed = parseImapFileName(filePath);
    if (parsed instanceof SpiceFilePath)
      return await imap.spiceQuery({ type: parsed.type, fileName: parsed.name }, { signal });
  } catch (error) {
    if (!(error instanceof InvalidImapFileName)) throw error;
  }
  return imap.query({ filePath }, { signal });
}
