import { requireText } from '../../core/validate/arguments.js';
import type { Call } from '../../core/http/call.js';
import type { CallOptions } from '../../types.js';
import { SPICE_TYPES } from '../constants.js';
import type { ImapContext } from '../context.js';
import type { MetakernelQuery } from '../types.js';
import { misfit } from './odd-rows.js';
import { coverageSpan, requireGiven } from './parameters.js';
import { askRoute } from './routes.js';
import { requireWord } from './words.js';

const OPERATION = 'imap.metakernel';
const ROUTE = ['metakernel'];
/** The server takes up to a minute. */
const TIMEOUT_MS = 120_000;

/** `ImapClient.metakernel` as text. */
export async function buildMetakernel(
  context: ImapContext,
  query: MetakernelQuery,
  options: CallOptions = {},
): Promise<string> {
  const call = callOf(query, options);
  const { text } = await askRoute(context, call, ROUTE, (each) => context.transport.text(each));
  // Some deployments wrap the text into a JSON string.
  if (!text.startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch {
    return text;
  }
}

/** `ImapClient.metakernel` with `listFiles`: the names alone. */
export async function listMetakernel(
  context: ImapContext,
  query: MetakernelQuery,
  options: CallOptions = {},
): Promise<string[]> {
  const { transport } = context;
  const call = callOf(query, options);
  const answer = await askRoute(context, call, ROUTE, (each) => transport.json(each));
  if (!Array.isArray(answer)) throw misfit('$', 'an array of kernel names', answer, transport.init(call));
  const names = answer.filter((name: unknown) => typeof name === 'string');
  if (names.length < answer.length) {
    transport.log.warn(`${OPERATION}: ${answer.length - names.length} entries that are no names are left out`);
  }
  return names;
}

function callOf(query: MetakernelQuery, options: CallOptions): Omit<Call, 'url'> {
  requireGiven(query, ['startTime', 'endTime'], `${OPERATION}: startTime and endTime are required`);
  const { pairs } = coverageSpan(query, OPERATION);
  if (query.spicePath !== undefined) pairs.push(['spice_path', requireText(query.spicePath, 'spicePath', OPERATION)]);
  if (query.listFiles === true) pairs.push(['list_files', 'true']);
  if (query.requireCoverage === true) pairs.push(['require_coverage', 'true']);
  if (query.fileTypes !== undefined) {
    const types = query.fileTypes.map((type) =>
      requireWord(type, { name: 'fileTypes', known: SPICE_TYPES, operation: OPERATION }),
    );
    pairs.push(['file_types', types.join(',')]);
  }
  return { operation: OPERATION, query: pairs, timeoutMs: TIMEOUT_MS, ...options };
}
