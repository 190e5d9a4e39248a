import { UnexpectedResponse } from '../../errors.js';
import type { HmiOperation } from '../context.js';
import { decodeList, type DecodedList } from '../decode/list.js';
import { isObject } from '../decode/columns.js';
import { readJson } from '../decode/read-json.js';
import { messageOf } from '../errors.js';
import { resolveLink } from '../links/resolve-link.js';
import { recordsRoute } from '../routes.js';
import type { Slice } from './cut-into-slices.js';

/** `meta=true` lets the service read many headers before it answers. */
const META_TIMEOUT_MS = 120_000;

/** The records of one slice. One that cannot be read is a warning, and the others are there. */
export async function fetchSlice(
  op: HmiOperation,
  series: string,
  slice: Slice,
  meta: boolean | undefined,
): Promise<DecodedList> {
  const { rateLimiter, links } = op.context;
  await rateLimiter.turn(op.signal);
  const request = {
    url: recordsRoute(series),
    query: { start: slice.startText, end: slice.endText, meta },
    timeoutMs: timeoutOf(op, meta),
  };
  const rows = await readJson(op, request);
  const range = `${slice.startText} to ${slice.endText}`;
  const unexpected = (message: string): UnexpectedResponse => new UnexpectedResponse(message, op.init(request));
  if (!Array.isArray(rows)) throw unexpected(noListMessage(rows, range));
  if (rows.length > 0 && !rows.some((row: unknown) => isObject(row)))
    throw unexpected(`the list of ${range} has another shape than known: $[0] is no record`);
  const address = (link: string): string => {
    const resolved = resolveLink(link, links);
    return 'url' in resolved ? resolved.url.href : link;
  };
  const { records, warnings } = decodeList(rows, { series, address });
  return { records, warnings: warnings.map((warning) => `the list of ${range}: ${warning}`) };
}

function noListMessage(value: unknown, range: string): string {
  const words = messageOf(value);
  const what = value === null ? 'null' : typeof value;
  return words === undefined
    ? `the answer for ${range} is no list of records ($ is ${what})`
    : `the HMI service answers ${range} with a message instead of a list: ${words}`;
}

function timeoutOf({ timeoutMs, context, http }: HmiOperation, meta: boolean | undefined): number | undefined {
  if (timeoutMs !== undefined || meta !== true || !context.hasDefaultTimeout) return timeoutMs;
  return Math.max(META_TIMEOUT_MS, http.settings.timeoutMs);
}
