import type { Arguments } from '../../core/operation/arguments.js';
import { SPICE_TABLE_FOLDERS, SPICE_TYPES } from '../centre.js';
import type { ImapOperation } from '../context.js';
import { baseName } from '../names/invalid.js';
import { DAY_MS } from '../names/days.js';
import { SPICE_FOLDER, SPICE_QUERY } from '../routes.js';
import type { SpiceFile, SpiceQuery } from '../types.js';
import { COVERAGE, INGESTION_MIDNIGHTS, type QueryPairs } from '../query/parts/axis.js';
import { decodeKernels } from '../decode/kernels.js';
import { numberOf } from '../decode/rows.js';
import { numberOrders, textOrders, thenBy } from '../query/parts/join.js';
import { coverageSpan, ingestionSpan, requireGiven } from '../query/parameters.js';
import { askInParts } from '../query/parts/ask.js';
import { askRoute } from '../query/ask-route.js';
import { newestOfSpan } from '../query/latest.js';
import { requireWord } from '../query/words.js';

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
  missing: 'kernels without coverage',
  advice: 'startTime or endTime, so that only kernels with coverage are requested',
};

/** Kernels and table files of one kind. */
export async function spiceQuery(op: ImapOperation, query: SpiceQuery): Promise<SpiceFile[]> {
  const { arguments: args } = op;
  const kinds = SPICE_TYPES.join(', ');
  requireGiven(args, query, ['type'], `The 'type' parameter is required for SPICE queries: ${kinds}`);
  const type = requireWord(args, query.type, { name: 'type', known: SPICE_TYPES });
  const coverage = coverageSpan(args, query);
  const { latest, number } = versionOf(args, query);
  // These are answered from the tables, where `latest=true` crashes the server.
  const folder = Object.hasOwn(SPICE_TABLE_FOLDERS, type) ? SPICE_TABLE_FOLDERS[type] : undefined;
  const fromTables = folder !== undefined;
  const ingestion = ingestionSpan(args, query);
  const pairs: [string, string][] = [...coverage.pairs, ['type', type]];
  if (query.fileName !== undefined) pairs.push(['file_name', fileNameOf(args, query.fileName, folder)]);
  if (latest && !fromTables) pairs.push(['latest', 'true']);
  pairs.push(...ingestion.pairs);
  const found = await askInParts<SpiceFile>(op, {
    pairs,
    ways: query.fileName === undefined ? (fromTables ? TABLE_WAYS : KERNEL_WAYS) : [],
    ask: async (part: QueryPairs, safeToRetry) => {
      const answer = await askRoute(op, { query: part, safeToRetry }, SPICE_QUERY, (each) => op.json(each));
      return decodeKernels(op, answer, type);
    },
    keyOf: ({ filePath }) => filePath,
    orders: ORDERS,
    advice: 'startTime, endTime, days of ingestion or latest',
    undated: fromTables ? undefined : WITHOUT_COVERAGE,
  });
  const files = found.filter(
    (file) =>
      ingestion.includes(file.ingestionDate) &&
      (number === undefined || file.version === number) &&
      isBefore(fromTables ? file.maxDate : file.minDate, coverage.endMs),
  );
  return latest && fromTables ? newestOfSpan(files) : files;
}

/** The end was rounded up for the parameter: what begins (for the tables: ends) after it is left out here. */
function isBefore(date: Date | undefined, endMs: number | undefined): boolean {
  return endMs === undefined || date === undefined || date.getTime() <= endMs;
}

function versionOf(args: Arguments, query: SpiceQuery): { latest: boolean; number: number | undefined } {
  const { version, latest } = query;
  if (version === undefined || version === 'latest')
    return { latest: version === 'latest' || latest === true, number: undefined };
  const digits = /^v?([0-9]+)$/u.exec(String(version))?.[1];
  if (digits === undefined) throw args.invalid("version must be 'latest' or a number");
  return { latest: latest === true, number: Number(digits) };
}

/** The kernels' filter wants the bare name, the tables' filter the full path. */
function fileNameOf(args: Arguments, fileName: string, folder: string | undefined): string {
  const name = baseName(args.text(fileName, 'fileName'));
  return folder === undefined ? name : `${SPICE_FOLDER}${folder}/${name}`;
}
