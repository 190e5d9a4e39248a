import type { Arguments } from '../../core/operation/arguments.js';
import type { ImapOperation } from '../context.js';
import { decodeTables } from '../decode/kernels.js';
import { DAY_MS, parseDay, toDay } from '../names/days.js';
import { parseImapFileName } from '../names/parse.js';
import type { TableFile, TableQuery } from '../types.js';
import { askRoute } from './ask-route.js';
import { newestOfSpan } from './latest.js';
import { INGESTION_MIDNIGHTS } from './parts/axis.js';
import { numberOrders, textOrders } from './parts/join.js';
import { checkSpan, ingestionSpan, midnightPairs } from './parameters.js';
import { askInParts } from './parts/ask.js';

const ORDERS = [
  ...textOrders<TableFile>(({ filePath }) => filePath),
  ...numberOrders<TableFile>(({ ingestionDate }) => ingestionDate?.getTime()),
];

/** The files of one of the three tables. */
export async function queryTable(
  op: ImapOperation,
  routes: readonly string[],
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
      const answer = await askRoute(op, { query: part, safeToRetry }, routes, (each) => op.json(each));
      return decodeTables(op, answer);
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
