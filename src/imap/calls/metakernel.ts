import type { OwnRequest } from '../../core/operation/operation.js';
import { SPICE_TYPES } from '../centre.js';
import type { ImapOperation } from '../context.js';
import { METAKERNEL } from '../routes.js';
import type { MetakernelQuery } from '../types.js';
import { misfit } from '../decode/rows.js';
import { coverageSpan, requireGiven } from '../query/parameters.js';
import { askRoute } from '../query/ask-route.js';
import { requireWord } from '../query/words.js';

/** The server takes up to a minute. */
const TIMEOUT_MS = 120_000;

/** `ImapClient.metakernel`: the text, or with `listFiles` the names alone. */
export async function metakernel(op: ImapOperation, query: MetakernelQuery): Promise<string | string[]> {
  const request = requestOf(op, query);
  return query.listFiles === true ? namesOf(op, request) : textOf(op, request);
}

async function textOf(op: ImapOperation, request: Omit<OwnRequest, 'url'>): Promise<string> {
  const { text } = await askRoute(op, request, METAKERNEL, (each) => op.text(each));
  // Some deployments wrap the text into a JSON string.
  if (!text.startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch {
    return text;
  }
}

async function namesOf(op: ImapOperation, request: Omit<OwnRequest, 'url'>): Promise<string[]> {
  const answer = await askRoute(op, request, METAKERNEL, (each) => op.json(each));
  if (!Array.isArray(answer)) throw misfit('$', 'an array of kernel names', answer, op.init());
  const names = answer.filter((name: unknown) => typeof name === 'string');
  if (names.length < answer.length) {
    op.warn(`${answer.length - names.length} entries that are not names are left out`);
  }
  return names;
}

function requestOf({ arguments: args, timeoutMs }: ImapOperation, query: MetakernelQuery): Omit<OwnRequest, 'url'> {
  requireGiven(args, query, ['startTime', 'endTime'], 'startTime and endTime are required');
  const { pairs } = coverageSpan(args, query);
  if (query.spicePath !== undefined) pairs.push(['spice_path', args.text(query.spicePath, 'spicePath')]);
  if (query.listFiles === true) pairs.push(['list_files', 'true']);
  if (query.requireCoverage === true) pairs.push(['require_coverage', 'true']);
  if (query.fileTypes !== undefined) {
    const types = query.fileTypes.map((type) => requireWord(args, type, { name: 'fileTypes', known: SPICE_TYPES }));
    pairs.push(['file_types', types.join(',')]);
  }
  return { query: pairs, timeoutMs: timeoutMs ?? TIMEOUT_MS };
}
