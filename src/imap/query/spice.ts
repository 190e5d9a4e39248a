import type { Call } from '../../core/http/call.js';
import { requireText } from '../../core/validate/arguments.js';
import { SPICE_TYPES } from '../constants.js';
import type { ImapContext } from '../context.js';
import { baseName } from '../names/base-name.js';
import { DAY_MS } from '../names/days.js';
import type { SpiceFile, SpiceQuery } from '../types.js';
import { COVERAGE, INGESTION_MIDNIGHTS, type QueryPairs } from './axis.js';
import { decodeSpiceRows } from './kernel-rows.js';
import type { AskOptions } from './options.js';
import { numberOf } from './odd-rows.js';
import { numberOrders, textOrders, thenBy } from './order.js';
import { coverageSpan, ingestionSpan, requireGiven } from './parameters.js';
import { askInParts } from './parts.js';
import { askRoute } from './routes.js';
import { newestOfSpan } from './tables.js';
import { requireWord } from './words.js';

const OPERATION = 'imap.spiceQuery';
/** Kinds that are answered from the tables, where `latest=true` crashes the server. */
const TABLE_TYPES = ['spin', 'repoint', 'thruster'];
/** More kernels than the server can send may cover one and the same day: these arrived over time. */
const KERNEL_WAYS = [[COVERAGE], [INGESTION_MIDNIGHTS, COVERAGE]];
/** Their routes know a start of the file's start and an end of its end, between which files are lost. */
const TABLE_WAYS = [[INGESTION_MIDNIGHTS]];
/** The server names no order; these are the ones in which a database may give its rows. */
const BY_ARRIVAL = numberOrders<SpiceFile>(
  ({ raw, ingestionDate }) => numberOf(raw.timestamp) ?? (ingestionDate && ingestionDate.getTime() / 1000),
);
const BY_PATH = textOrders<SpiceFile>(({ filePath }) => filePath);
const ORDERS = [...thenBy(BY_ARRIVAL, BY_PATH[0]), ...BY_PATH, ...BY_ARRIVAL];

/** Kernels whose coverage the server does not know are in no span of coverage. */
const WITHOUT_COVERAGE = {
  of: COVERAGE,
  axis: INGESTION_MIDNIGHTS,
  valueOf: ({ ingestionDate }: SpiceFile) => ingestionDate && ingestionDate.getTime() / DAY_MS,
  missing: 'kernels without a coverage',
  advice: 'startTime or endTime, so that only kernels with a coverage are asked for',
};

/** `ImapClient.spiceQuery`. */
export async function querySpice(
  context: ImapContext,
  query: SpiceQuery,
  options: AskOptions = {},
): Promise<SpiceFile[]> {
  const { operation = OPERATION } = options;
  const { transport } = context;
  const kinds = SPICE_TYPES.join(', ');
  requireGiven(query, ['type'], `${operation}: The 'type' parameter is required for SPICE queries: ${kinds}`);
  const type = requireWord(query.type, { name: 'type', known: SPICE_TYPES, operation });
  const coverage = coverageSpan(query, operation);
  const { latest, number } = versionOf(query, operation);
  const fromTables = TABLE_TYPES.includes(type);
  const ingestion = ingestionSpan(query, operation);
  const pairs: [string, string][] = [...coverage.pairs, ['type', type]];
  if (query.fileName !== undefined) pairs.push(['file_name', fileNameOf(query.fileName, fromTables, type, operation)]);
  if (latest && !fromTables) pairs.push(['latest', 'true']);
  pairs.push(...ingestion.pairs);
  const found = await askInParts<SpiceFile>({
    operation,
    log: transport.log,
    pairs,
    ways: query.fileName === undefined ? (fromTables ? TABLE_WAYS : KERNEL_WAYS) : [],
    ask: async (part: QueryPairs, safeToRetry) => {
      const call = { operation, query: part, safeToRetry, ...options };
      const answer = await askRoute(context, call, ['spice-query'], (each: Call) => transport.json(each));
      return decodeSpiceRows(answer, type, { init: transport.init({ operation }), log: transport.log });
    },
    keyOf: ({ filePath }) => filePath,
    orders: ORDERS,
    advice: 'startTime, endTime, days of ingestion or latest',
    ...(!fromTables && { undated: WITHOUT_COVERAGE }),
  });
  const files = found.filter(
    (file) =>
      ingestion.includes(file.ingestionDate) &&
      (number === undefined || file.version === number) &&
      isBefore(fromTables ? file.maxDate : file.minDate, coverage.endMs),
  );
  return latest && fromTables ? newestOfSpan(files) : files;
}

/** The end was rounded up for the wire: what begins (for the tables: ends) after it is left out here. */
function isBefore(date: Date | undefined, endMs: number | undefined): boolean {
  return endMs === undefined || date === undefined || date.getTime() <= endMs;
}

function versionOf(query: SpiceQuery, operation: string): { latest: boolean; number: number | undefined } {
  const { version, latest } = query;
  if (version === undefined || version === 'latest')
    return { latest: version === 'latest' || latest === true, number: undefined };
  const digits = /^v?([0-9]+)$/u.exec(String(version))?.[1];
  if (digits === undefined) throw new TypeError(`${operation}: version must be 'latest' or a number`);
  return { latest: latest === true, number: Number(digits) };
}

/** The kernels' filter wants the bare name, the tables' filter the full path. */
function fileNameOf(fileName: string, fromTables: boolean, type: string, operation: string): string {
  const name = baseName(requireText(fileName, 'fileName', operation));
  return fromTables ? `imap/spice/${type === 'thruster' ? 'activities' : type}/${name}` : name;
}
