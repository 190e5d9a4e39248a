import { UnexpectedResponse } from '../../errors.js';
import type { HmiOperation } from '../context.js';
import { decodeList, type DecodedList, readJson } from '../decode/read-json.js';
import { messageOf } from '../errors.js';
import { resolveLink } from '../links/resolve-link.js';
import { recordsRoute } from '../routes.js';
import type { Arguments } from '../../core/operation/arguments.js';
import { formatDateObs, modulo, toMicroseconds } from '../times/microseconds.js';
import { MICROSECONDS_PER_SECOND } from '../times/leap-seconds.js';
import type { HmiQuery } from '../types.js';
import { DAY_MS } from '../../core/util/dates.js';
import { isRecord } from '../../core/util/records.js';

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
  if (rows.length > 0 && !rows.some((row: unknown) => isRecord(row)))
    throw unexpected(`the list of ${range} has an unexpected shape: $[0] is not a record`);
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
    ? `the answer for ${range} is not a list of records ($ is ${what})`
    : `the HMI service answers ${range} with a message instead of a list: ${words}`;
}

function timeoutOf({ timeoutMs, context, http }: HmiOperation, meta: boolean | undefined): number | undefined {
  if (timeoutMs !== undefined || meta !== true || !context.hasDefaultTimeout) return timeoutMs;
  return Math.max(META_TIMEOUT_MS, http.settings.timeoutMs);
}

/** A time range cut into requests. All numbers are microseconds since 1970 UTC. */
export interface Slices {
  readonly start: number;
  readonly end: number;
  readonly count: number;
  /** The half-open range of a slice, 0-based, in whole seconds. */
  slice(index: number): Slice;
}

/** One request's range. */
export interface Slice {
  readonly start: number;
  readonly end: number;
  /** As sent: whole seconds with `Z`. */
  readonly startText: string;
  readonly endText: string;
}

/**
 * Cuts a range into half-open slices of whole seconds, a day each by default. Neighbours share their edge: whether the
 * service counts its bounds in or out is not known, so a record at an edge may be listed twice, and duplicates are removed later.
 *
 * @throws `TypeError` for dates that are none, `RangeError` for an end that is not after the start.
 */
export function cutIntoSlices(args: Arguments, query: Pick<HmiQuery, 'start' | 'end' | 'sliceMs'>): Slices {
  const start = toMicroseconds(query.start, args.label('start'));
  const end = toMicroseconds(query.end, args.label('end'));
  if (end <= start) throw args.outOfRange('end must be after start');
  const sliceMs = args.integer(query.sliceMs ?? DAY_MS, 'sliceMs', { min: 1000 });
  const length = (sliceMs - (sliceMs % 1000)) * 1000;
  const from = start - modulo(start, MICROSECONDS_PER_SECOND);
  const to = end + modulo(-end, MICROSECONDS_PER_SECOND);
  return {
    start,
    end,
    count: Math.ceil((to - from) / length),
    slice: (index) => {
      const first = from + index * length;
      const last = Math.min(to, first + length);
      return { start: first, end: last, startText: formatDateObs(first), endText: formatDateObs(last) };
    },
  };
}
