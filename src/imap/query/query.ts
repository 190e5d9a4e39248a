import { RejectedError } from '../../errors.js';
import type { Call } from '../../core/http/call.js';
import type { ImapContext } from '../context.js';
import type { ImapFile, ImapQuery } from '../types.js';
import { INGESTION_DAYS, START_DAYS, type Axis, type QueryPairs } from './axis.js';
import { checkQuery, type CheckedQuery } from './check.js';
import { queryOldServer } from './generation-2024.js';
import { latestOnly } from './latest.js';
import type { AskOptions } from './options.js';
import { textOrders } from './order.js';
import { askInParts } from './parts.js';
import { decodeRows } from './rows.js';
import { explainUnknownWords } from './words.js';

const OPERATION = 'imap.query';
const BY_PATH = textOrders<ImapFile>(({ filePath }) => filePath);

/** `ImapClient.query`: checked, sent, divided where the answer is too large, decoded, reduced to the latest. */
export async function queryFiles(
  context: ImapContext,
  query: ImapQuery,
  options: AskOptions = {},
): Promise<ImapFile[]> {
  const { operation = OPERATION } = options;
  const checked = checkQuery(query, operation);
  const { log, lifetime } = context.transport;
  lifetime.assertOpen(operation);
  try {
    const files = await askInParts<ImapFile>({
      operation,
      log,
      pairs: checked.pairs,
      ways: waysOf(checked),
      ask: (pairs, safeToRetry) => ask(context, { ...checked, pairs }, options, safeToRetry),
      keyOf: ({ filePath }) => filePath,
      orders: BY_PATH,
      advice: 'instrument, dataLevel, descriptor, version or days of ingestion',
    });
    if (files.length === 0 && context.settings.access === 'public') {
      log.info(`${operation}: nothing found; without apiKey or accessToken only released files are visible`);
    }
    return reduce(context, checked, files);
  } catch (error) {
    throw explainUnknownWords(error, checked.unknown);
  }
}

/**
 * By start days, which hold the versions of a series together. Of one day, only what the server does not rank can be divided
 * further, by days of ingestion: versions of a series arrive on different days.
 */
function waysOf(checked: CheckedQuery): Axis[][] {
  if (checked.pairs.some(([name]) => name === 'file_path')) return [];
  return [isRanked(checked) ? [START_DAYS] : [START_DAYS, INGESTION_DAYS]];
}

/** Whether the server reduces the answer: of science, unless a major version is named. */
function isRanked({ table, pairs }: CheckedQuery): boolean {
  return table === 'science' && !pairs.some(([name, value]) => name === 'major_version' || isFullVersion(name, value));
}

function isFullVersion(name: string, value: string): boolean {
  return name === 'version' && value.includes('.');
}

/** One request, to the server of whichever generation. */
async function ask(
  context: ImapContext,
  checked: CheckedQuery,
  options: AskOptions,
  safeToRetry: boolean,
): Promise<ImapFile[]> {
  const { server } = context;
  if (server.generation === 2024) return queryOldServer(context, checked, options, safeToRetry);
  try {
    const files = await askServer(context, checked, options, safeToRetry);
    server.generation = 2026;
    return files;
  } catch (error) {
    if (!isOldServer(error) || server.generation !== undefined) throw error;
    const files = await queryOldServer(context, checked, options, safeToRetry);
    server.generation = 2024;
    return files;
  }
}

async function askServer(
  { transport }: ImapContext,
  { table, pairs, latest }: CheckedQuery,
  options: AskOptions,
  safeToRetry: boolean,
): Promise<ImapFile[]> {
  const last: QueryPairs = latest && table === 'science' ? [['latest', 'true']] : [];
  const call: Call = {
    operation: OPERATION,
    url: 'query',
    query: [['table', table] as const, ...pairs, ...last],
    safeToRetry,
    ...options,
  };
  const answer = await transport.json(call);
  return decodeRows(answer, table, { init: transport.init(call), log: transport.log });
}

/** The newest where the server does not rank: other tables, beside a major version, the generation of 2024. */
function reduce({ server }: ImapContext, checked: CheckedQuery, files: readonly ImapFile[]): ImapFile[] {
  const isDone = !checked.latest || (isRanked(checked) && server.generation !== 2024);
  return isDone ? [...files] : latestOnly(files);
}

function isOldServer(error: unknown): boolean {
  return error instanceof RejectedError && /^table is not a valid query parameter\b/u.test(error.messages[0] ?? '');
}
