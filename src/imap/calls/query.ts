import type { OwnRequest } from '../../core/operation/operation.js';
import type { ImapContext, ImapOperation } from '../context.js';
import { decodeFiles } from '../decode/files.js';
import { isOldServer } from '../errors.js';
import { QUERY } from '../routes.js';
import type { ImapFile, ImapQuery } from '../types.js';
import { INGESTION_DAYS, START_DAYS, valueIn, type Axis, type QueryPairs } from '../query/parts/axis.js';
import { checkQuery, type CheckedQuery } from '../query/check.js';
import { queryOldServer } from '../query/generation-2024.js';
import { latestOnly } from '../query/latest.js';
import { textOrders } from '../query/parts/join.js';
import { askInParts } from '../query/parts/ask.js';
import { explainUnknownWords } from '../query/words.js';

const BY_PATH = textOrders<ImapFile>(({ filePath }) => filePath);

/** Files of the science, ancillary and quicklook tables: the query is checked, sent, divided where the answer is too large, decoded, reduced to the latest. */
export async function query(op: ImapOperation, wanted: ImapQuery): Promise<ImapFile[]> {
  const checked = checkQuery(op.arguments, wanted);
  op.assertOpen();
  try {
    const files = await askInParts<ImapFile>(op, {
      pairs: checked.pairs,
      ways: waysOf(checked),
      ask: (pairs, safeToRetry) => ask(op, { ...checked, pairs }, safeToRetry),
      keyOf: ({ filePath }) => filePath,
      orders: BY_PATH,
      advice: 'instrument, dataLevel, descriptor, version or days of ingestion',
    });
    if (files.length === 0 && op.context.settings.access === 'public') {
      op.say('info', 'nothing found; without apiKey or accessToken, only released files are visible');
    }
    return reduce(op.context, checked, files);
  } catch (error) {
    throw explainUnknownWords(error, checked.unknown);
  }
}

/**
 * By start days, which hold the versions of a series together. Of one day, only what the server does not rank can be divided
 * further, by days of ingestion: versions of a series arrive on different days.
 */
function waysOf(checked: CheckedQuery): Axis[][] {
  if (valueIn(checked.pairs, 'file_path') !== undefined) return [];
  return [isRanked(checked) ? [START_DAYS] : [START_DAYS, INGESTION_DAYS]];
}

/** Whether the server reduces the answer: of science, unless a major version is named. */
function isRanked({ table, pairs }: CheckedQuery): boolean {
  const namesMajor = valueIn(pairs, 'major_version') !== undefined || valueIn(pairs, 'version')?.includes('.') === true;
  return table === 'science' && !namesMajor;
}

/** One request, to a server of either generation. */
async function ask(op: ImapOperation, checked: CheckedQuery, safeToRetry: boolean): Promise<ImapFile[]> {
  const { server } = op.context;
  if (server.generation === 2024) return queryOldServer(op, checked, safeToRetry);
  try {
    const files = await askServer(op, checked, safeToRetry);
    server.generation = 2026;
    return files;
  } catch (error) {
    if (!isOldServer(error) || server.generation !== undefined) throw error;
    const files = await queryOldServer(op, checked, safeToRetry);
    server.generation = 2024;
    return files;
  }
}

async function askServer(
  op: ImapOperation,
  { table, pairs, latest }: CheckedQuery,
  safeToRetry: boolean,
): Promise<ImapFile[]> {
  const last: QueryPairs = latest && table === 'science' ? [['latest', 'true']] : [];
  const request: OwnRequest = { url: QUERY, query: [['table', table] as const, ...pairs, ...last], safeToRetry };
  return decodeFiles(op, await op.json(request), table, op.init(request));
}

/** The newest where the server does not rank: other tables, beside a major version, the generation of 2024. */
function reduce({ server }: ImapContext, checked: CheckedQuery, files: readonly ImapFile[]): ImapFile[] {
  const isDone = !checked.latest || (isRanked(checked) && server.generation !== 2024);
  return isDone ? [...files] : latestOnly(files);
}
