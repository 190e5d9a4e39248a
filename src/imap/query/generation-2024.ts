import type { OwnRequest } from '../../core/operation/operation.js';
import { RejectedError } from '../../errors.js';
import type { ImapOperation } from '../context.js';
import { decodeFiles } from '../decode/files.js';
import { formatDay } from '../names/days.js';
import { Version } from '../names/version.js';
import { QUERY } from '../routes.js';
import type { ImapFile } from '../types.js';
import type { CheckedQuery } from './check.js';

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
 * dates by equality. What it cannot filter is filtered here; the newest are found by the caller.
 */
export async function queryOldServer(
  op: ImapOperation,
  checked: CheckedQuery,
  safeToRetry: boolean,
): Promise<ImapFile[]> {
  const foreign = checked.pairs.map(([name]) => name).find((name) => !KNOWN.has(name) && !HERE.has(name));
  const refused = checked.table === 'science' ? foreign : `the ${checked.table} table`;
  if (refused !== undefined) {
    const message = `this server, of the 2024 generation, does not know ${refused}`;
    throw new RejectedError(message, { ...op.init(), messages: [message] });
  }
  const pairs = checked.pairs.filter(([name]) => KNOWN.has(name));
  // Without any parameter it crashes; no file starts before the first day of the calendar.
  const query = pairs.length > 0 ? pairs : [['start_date', '00010101'] as const];
  const request: OwnRequest = { url: QUERY, query, safeToRetry };
  const files = decodeFiles(op, await op.json(request), 'science', op.init(request));
  return files.filter((file) => fits(file, checked.pairs));
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
        return Version.tryParse(file.version)?.equals(Version.parse(value)) === true;
      default:
        return true;
    }
  });
}
