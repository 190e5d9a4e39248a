import { requireOneOf, requireText } from '../../core/validate/arguments.js';
import type { Call } from '../../core/http/call.js';
import type { CallOptions } from '../../types.js';
import { SPICE_TYPES } from '../constants.js';
import type { ImapContext } from '../context.js';
import type { MetakernelQuery } from '../types.js';
import { checkKeys, checkSpan, ephemerisTime, requireGiven } from './parameters.js';
import { misfit } from './rows.js';

const OPERATION = 'imap.metakernel';
const KEYS = ['startTime', 'endTime', 'spicePath', 'listFiles', 'requireCoverage', 'fileTypes'];
/** The server takes up to a minute. */
const TIMEOUT_MS = 120_000;

/** `ImapClient.metakernel` as text. */
export async function buildMetakernel(
  context: ImapContext,
  query: MetakernelQuery,
  options: CallOptions = {},
): Promise<string> {
  const call = callOf(query, options);
  const { text } = await context.transport.text(call);
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
  const call = callOf(query, options);
  const answer = await context.transport.json(call);
  const init = context.transport.init(call);
  if (!Array.isArray(answer)) throw misfit('$', 'an array of kernel names', answer, init);
  return answer.map((name: unknown, index) => {
    if (typeof name !== 'string') throw misfit(`$[${index}]`, 'a text', name, init);
    return name;
  });
}

function callOf(query: MetakernelQuery, options: CallOptions): Call {
  checkKeys(query, KEYS, OPERATION);
  requireGiven(query, ['startTime', 'endTime'], `${OPERATION}: startTime and endTime are required`);
  checkSpan(query.startTime, query.endTime, 'startTime endTime', OPERATION);
  const pairs: [string, string][] = [
    ['start_time', ephemerisTime(query.startTime, `${OPERATION}: startTime`)],
    ['end_time', ephemerisTime(query.endTime, `${OPERATION}: endTime`)],
  ];
  if (query.spicePath !== undefined) pairs.push(['spice_path', requireText(query.spicePath, 'spicePath', OPERATION)]);
  if (query.listFiles === true) pairs.push(['list_files', 'true']);
  if (query.requireCoverage === true) pairs.push(['require_coverage', 'true']);
  if (query.fileTypes !== undefined) {
    const types = query.fileTypes.map((type) => requireOneOf(type, SPICE_TYPES, 'fileTypes', OPERATION));
    pairs.push(['file_types', types.join(',')]);
  }
  return { operation: OPERATION, url: 'metakernel', query: pairs, timeoutMs: TIMEOUT_MS, ...options };
}
