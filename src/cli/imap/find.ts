import type { ImapClient, ImapFile, ImapTable, SpiceFile } from '../../imap/index.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import { UsageError } from '../command/usage-error.js';

/** Asks for what the options describe. */
export async function find(
  context: Context,
  imap: ImapClient,
  table: ImapTable | 'spice',
): Promise<(ImapFile | SpiceFile)[]> {
  const { input, signal } = context;
  const dates = defined({
    startDate: input.text('startDate'),
    endDate: input.text('endDate'),
    ingestionStartDate: input.text('ingestionStartDate'),
    ingestionEndDate: input.text('ingestionEndDate'),
  });
  const type = input.text('type');
  const filters = defined({
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
  });
  const version = input.text('version');
  const filePath = input.text('filename');
  if (filePath !== undefined) {
    if (Object.keys({ ...dates, ...filters, ...defined({ type, version }) }).length > 0)
      throw new UsageError("Too many arguments: '--filename' should be used by itself.");
    return byName(imap, filePath, signal);
  }
  if (table !== 'spice') {
    if (type !== undefined) throw new UsageError('--type needs --table spice');
    return imap.query({ table, ...dates, ...filters, ...defined({ version }) }, { signal });
  }
  const foreign = Object.keys(filters).map(optionFlag);
  if (foreign.length > 0) context.warn(`--table spice ignores ${foreign.join(', ')}`);
  if (type === undefined) throw new UsageError('--table spice needs --type, such as ephemeris_predicted');
  const { startDate, endDate, ...ingestion } = dates;
  return imap.spiceQuery(
    { type, ...ingestion, ...defined({ startTime: startDate, endTime: endDate, version }) },
    { signal },
  );
}

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
