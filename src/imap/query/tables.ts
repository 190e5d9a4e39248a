import type { Arguments } from '../../core/operation/arguments.js';
import type { ImapOperation } from '../context.js';
import { DAY_MS, parseDay, toDay } from '../names/days.js';
import { parseImapFileName } from '../names/parse.js';
import type { TableFile, TableQuery } from '../types.js';
import { INGESTION_MIDNIGHTS } from './axis.js';
import { OddRow, readRows, requiredText, shape, timestamp } from './odd-rows.js';
import { numberOrders, textOrders } from './order.js';
import { checkSpan, ingestionSpan, midnightPairs } from './parameters.js';
import { askInParts } from './parts.js';
import { askRoute } from './routes.js';

/** The routes of the three tables; the second name is the one of older servers. */
const ROUTES = {
  spinTable: ['spin-table'],
  repointTable: ['repoint-table'],
  smallForcesTable: ['small-forces-table', 'thruster-table'],
} as const;

const ORDERS = [
  ...textOrders<TableFile>(({ filePath }) => filePath),
  ...numberOrders<TableFile>(({ ingestionDate }) => ingestionDate?.getTime()),
];

/** `ImapClient.spinTable`, `repointTable` and `smallForcesTable`. */
export async function queryTable(
  op: ImapOperation,
  method: keyof typeof ROUTES,
  query: TableQuery,
): Promise<TableFile[]> {
  const { arguments: args } = op;
  checkSpan(args, query.startDate, query.endDate, 'startDate endDate');
  const ingestion = ingestionSpan(args, query);
  const pairs: [string, string][] = [];
  if (query.filePath !== undefined) pairs.push(['file_path', pathOf(query.filePath)]);
  if (query.startDate !== undefined) pairs.push(['start_date', toDay(query.startDate, args.label('startDate'))]);
  const ends = endOf(args, query);
  pairs.push(...ends.pairs, ...ingestion.pairs);
  const found = await askInParts<TableFile>(op, {
    pairs,
    // The route bounds the starts of files from below and their ends from above: files across a boundary would be lost.
    ways: query.filePath === undefined ? [[INGESTION_MIDNIGHTS]] : [],
    ask: async (part, safeToRetry) => {
      const answer = await askRoute(op, { query: part, safeToRetry }, ROUTES[method], (each) => op.json(each));
      return decodeTableRows(op, answer);
    },
    keyOf: ({ filePath }) => filePath,
    orders: ORDERS,
    advice: 'startDate, endDate or days of ingestion',
  });
  const files = found.filter((file) => ingestion.includes(file.ingestionDate) && ends.includes(file.endDate));
  return query.latest === true ? newestOfSpan(files) : files;
}

function pathOf(filePath: string): string {
  const path = filePath.replace(/^\/+/u, '');
  return path.includes('/') ? path : parseImapFileName(path, { lax: true }).path();
}

/** The server reads the end as a midnight: the next one is sent, and what ends then or later is left out. */
function endOf(
  args: Arguments,
  { endDate }: TableQuery,
): { readonly pairs: [string, string][]; readonly includes: (end: Date | undefined) => boolean } {
  if (endDate === undefined) return { pairs: [], includes: () => true };
  const next = (parseDay(toDay(endDate, args.label('endDate'))) ?? 0) + DAY_MS;
  return {
    pairs: midnightPairs('end_date', next),
    includes: (end) => end === undefined || end.getTime() < next,
  };
}

function decodeTableRows(op: ImapOperation, answer: unknown): TableFile[] {
  return readRows(op, answer, (reader) => {
    const { row, path } = reader;
    const { version } = row;
    if (typeof version !== 'string' && typeof version !== 'number')
      throw new OddRow(shape(`${path}.version`, 'a text', version));
    const startDate = timestamp(reader, 'start_date');
    const endDate = timestamp(reader, 'end_date');
    const ingestionDate = timestamp(reader, 'ingestion_date');
    return {
      filePath: requiredText(reader, 'file_path'),
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
