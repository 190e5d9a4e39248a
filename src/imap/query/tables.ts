import type { Call } from '../../core/http/call.js';
import type { SdcErrorInit } from '../../errors.js';
import type { CallOptions } from '../../types.js';
import { isMissingRoute } from '../answers.js';
import type { ImapContext } from '../context.js';
import { toDay } from '../names/days.js';
import { parseImapFileName } from '../names/parse.js';
import type { TableFile, TableQuery } from '../types.js';
import { checkKeys, checkSpan, ingestionSpan } from './parameters.js';
import { misfit, rowsOf, timestamp } from './rows.js';

/** The routes of the three tables; the second name is the one of older servers. */
const ROUTES = {
  spinTable: ['spin-table'],
  repointTable: ['repoint-table'],
  smallForcesTable: ['small-forces-table', 'thruster-table'],
} as const;

const KEYS = ['filePath', 'startDate', 'endDate', 'latest', 'ingestionStartDate', 'ingestionEndDate'];

/** `ImapClient.spinTable`, `repointTable` and `smallForcesTable`. */
export async function queryTable(
  context: ImapContext,
  method: keyof typeof ROUTES,
  query: TableQuery = {},
  options: CallOptions = {},
): Promise<TableFile[]> {
  const operation = `imap.${method}`;
  checkKeys(query, KEYS, operation);
  checkSpan(query.startDate, query.endDate, 'startDate endDate', operation);
  const ingestion = ingestionSpan(query, operation);
  const pairs: [string, string][] = [];
  if (query.filePath !== undefined) {
    const { filePath } = query;
    pairs.push(['file_path', filePath.includes('/') ? filePath : parseImapFileName(filePath, { lax: true }).path()]);
  }
  if (query.startDate !== undefined) pairs.push(['start_date', toDay(query.startDate, `${operation}: startDate`)]);
  if (query.endDate !== undefined) pairs.push(['end_date', toDay(query.endDate, `${operation}: endDate`)]);
  pairs.push(...ingestion.pairs);
  const [route, oldRoute] = ROUTES[method];
  const call: Call = { operation, url: route, query: pairs, ...options };
  const answer = await askTable(context, call, oldRoute);
  const files = decodeTableRows(answer, context.transport.init(call)).filter((file) =>
    ingestion.includes(file.ingestionDate),
  );
  return query.latest === true ? newestOfSpan(files) : files;
}

async function askTable(context: ImapContext, call: Call, oldRoute: string | undefined): Promise<unknown> {
  try {
    return await context.transport.json(call);
  } catch (error) {
    if (oldRoute === undefined || !isMissingRoute(error)) throw error;
    return context.transport.json({ ...call, url: oldRoute });
  }
}

function decodeTableRows(answer: unknown, init: SdcErrorInit): TableFile[] {
  return rowsOf(answer, init).map((row, index) => {
    const path = `$[${index}]`;
    const { file_path: filePath, version } = row;
    if (typeof filePath !== 'string' || filePath === '') throw misfit(`${path}.file_path`, 'a text', filePath, init);
    if (typeof version !== 'string' && typeof version !== 'number')
      throw misfit(`${path}.version`, 'a text', version, init);
    const startDate = timestamp(row, 'start_date', path, init);
    const endDate = timestamp(row, 'end_date', path, init);
    const ingestionDate = timestamp(row, 'ingestion_date', path, init);
    return {
      filePath,
      version: String(version),
      ...(startDate && { startDate }),
      ...(endDate && { endDate }),
      ...(ingestionDate && { ingestionDate }),
      raw: row,
    };
  });
}

interface Versioned {
  readonly version?: string | number;
  readonly startDate?: Date;
  readonly minDate?: Date;
  readonly endDate?: Date;
  readonly maxDate?: Date;
}

/**
 * The highest version of each span of time, in order of first appearance. The server's own `latest=true` answers 500 on
 * these tables.
 */
export function newestOfSpan<F extends Versioned>(files: readonly F[]): F[] {
  const newest = new Map<string, F>();
  for (const file of files) {
    const start = (file.startDate ?? file.minDate)?.getTime() ?? '';
    const span = `${start}_${(file.endDate ?? file.maxDate)?.getTime() ?? ''}`;
    const known = newest.get(span);
    if (known === undefined || Number(known.version ?? -1) < Number(file.version ?? -1)) newest.set(span, file);
  }
  return [...newest.values()];
}
