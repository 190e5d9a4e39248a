import { RejectedError } from '../../errors.js';
import type { ImapContext } from '../context.js';
import { formatDay } from '../names/days.js';
import { Version } from '../names/version.js';
import type { ImapFile } from '../types.js';
import type { CheckedQuery } from './check.js';
import { latestOnly } from './latest.js';
import type { AskOptions } from './options.js';
import { decodeRows } from './rows.js';

const OPERATION = 'imap.query';
/** What the server of 2024 filters by. */
const KNOWN = new Set([
  'file_path',
  'instrument',
  'data_level',
  'descriptor',
  'start_date',
  'end_date',
  'repointing',
  'extension',
]);
/** What is filtered here instead. */
const HERE = new Set(['ingestion_start_date', 'ingestion_end_date', 'version', 'minor_version']);

/**
 * Asks a server of the 2024 generation: science table only, versions without major part, no `table`, no `latest`, ingestion
 * dates by equality. What it cannot filter is filtered here.
 */
export async function queryOldServer(
  context: ImapContext,
  checked: CheckedQuery,
  options: AskOptions,
): Promise<ImapFile[]> {
  const foreign = checked.pairs.map(([name]) => name).find((name) => !KNOWN.has(name) && !HERE.has(name));
  const refused = checked.table === 'science' ? foreign : `the ${checked.table} table`;
  if (refused !== undefined) {
    const message = `this server, of the 2024 generation, does not know ${refused}`;
    throw new RejectedError(message, {
      ...context.transport.init({ operation: options.operation ?? OPERATION }),
      messages: [message],
    });
  }
  const pairs = checked.pairs.filter(([name]) => KNOWN.has(name));
  const query = pairs.length > 0 ? pairs : [['start_date', '19700101'] as const];
  const call = { operation: OPERATION, url: 'query', query, ...options };
  const rows = decodeRows(await context.transport.json(call), 'science', context.transport.init(call));
  const files = rows.filter((file) => fits(file, checked.pairs));
  return checked.latest ? latestOnly(files) : files;
}

function fits(file: ImapFile, pairs: CheckedQuery['pairs']): boolean {
  const ingested = file.ingestionDate === undefined ? '' : formatDay(file.ingestionDate.getTime());
  return pairs.every(([name, value]) => {
    switch (name) {
      case 'ingestion_start_date':
        return ingested >= value;
      case 'ingestion_end_date':
        return ingested <= value;
      case 'minor_version':
        return file.minorVersion === Number(value);
      case 'version':
        return Version.parse(file.version).equals(Version.parse(value));
      default:
        return true;
    }
  });
}
