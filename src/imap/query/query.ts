import { RejectedError } from '../../errors.js';
import type { Call } from '../../core/http/call.js';
import type { ImapContext } from '../context.js';
import type { ImapFile, ImapQuery } from '../types.js';
import { checkQuery, type CheckedQuery } from './check.js';
import { queryOldServer } from './generation-2024.js';
import { latestOnly } from './latest.js';
import type { AskOptions } from './options.js';
import { decodeRows } from './rows.js';
import { isTooLarge, partsOf } from './split.js';

const OPERATION = 'imap.query';

/** `ImapClient.query`: checked, sent, split where the answer is too large, decoded, reduced to the latest. */
export async function queryFiles(
  context: ImapContext,
  query: ImapQuery,
  options: AskOptions = {},
): Promise<ImapFile[]> {
  const { operation = OPERATION } = options;
  const checked = checkQuery(query, operation);
  context.transport.lifetime.assertOpen(operation);
  const files = await ask(context, checked, options);
  if (files.length === 0 && context.settings.access === 'public') {
    context.transport.log.info(
      `${operation}: nothing found; without apiKey or accessToken only released files are visible`,
    );
  }
  return files;
}

async function ask(context: ImapContext, checked: CheckedQuery, options: AskOptions): Promise<ImapFile[]> {
  if (context.server.generation === 2024) return queryOldServer(context, checked, options);
  try {
    const files = await whole(context, checked, options);
    context.server.generation = 2026;
    return reduce(checked, files);
  } catch (error) {
    if (isOldServer(error) && context.server.generation === undefined) {
      const files = await queryOldServer(context, checked, options);
      context.server.generation = 2024;
      return files;
    }
    if (!isTooLarge(error)) throw error;
    return reduce(checked, await inParts(context, checked, options, error));
  }
}

/** The server ranks science files unless a major version is named; everything else is ranked here. */
function reduce(checked: CheckedQuery, files: ImapFile[]): ImapFile[] {
  if (!checked.latest) return files;
  const ranked = checked.table === 'science' && !checked.pairs.some(([name]) => name === 'major_version');
  return ranked ? files : latestOnly(files);
}

async function whole(
  context: ImapContext,
  { table, pairs, latest }: CheckedQuery,
  options: AskOptions,
  safeToRetry = true,
): Promise<ImapFile[]> {
  const last = latest && table === 'science' ? [['latest', 'true'] as const] : [];
  const call: Call = {
    operation: OPERATION,
    url: 'query',
    query: [['table', table] as const, ...pairs, ...last],
    safeToRetry,
    ...options,
  };
  const answer = await context.transport.json(call);
  return decodeRows(answer, table, context.transport.init(call));
}

/**
 * Asks again in parts. A server that is down fails the first, smallest question too: then the first error stands, after
 * one more request a level.
 */
async function inParts(
  context: ImapContext,
  checked: CheckedQuery,
  options: AskOptions,
  first: unknown,
): Promise<ImapFile[]> {
  const parts = partsOf(checked);
  if (parts.length === 0) throw first;
  context.transport.log.warn(
    `${options.operation ?? OPERATION}: the server could not answer at once; asking in ${parts.length} parts`,
  );
  const found = new Map<string, ImapFile>();
  for (const [index, part] of parts.entries()) {
    for (const file of await onePart(context, part, options, first, index === 0)) found.set(file.filePath, file);
  }
  return [...found.values()].sort((a, b) => (a.filePath < b.filePath ? -1 : a.filePath > b.filePath ? 1 : 0));
}

async function onePart(
  context: ImapContext,
  part: CheckedQuery,
  options: AskOptions,
  first: unknown,
  probe: boolean,
): Promise<ImapFile[]> {
  try {
    return await whole(context, part, options, !probe);
  } catch (error) {
    if (isTooLarge(error)) return inParts(context, part, options, first);
    throw error;
  }
}

function isOldServer(error: unknown): boolean {
  return error instanceof RejectedError && /^table is not a valid query parameter\b/u.test(error.messages[0] ?? '');
}
