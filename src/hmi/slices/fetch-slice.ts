import { UnexpectedResponse } from '../../errors.js';
import { readJson, type HmiOperation } from '../context.js';
import { resolveLink } from '../links/resolve-link.js';
import { mapProblem, messageOf } from '../errors.js';
import { decodeRecord, isObject, Misfit, type DecodeContext } from '../decode/record.js';
import type { Slice } from './cut-into-slices.js';
import type { HmiRecord } from '../types.js';

/** `meta=true` lets the service read many headers before it answers. */
const META_TIMEOUT_MS = 120_000;

/** What one request brought. */
export interface FetchedSlice {
  /** As the service orders them. */
  readonly records: HmiRecord[];
  /** What could not be read, each with the record that it is about. */
  readonly warnings: string[];
}

/** The records of one slice. One that cannot be read is a warning, and the others are there. */
export async function fetchSlice(
  op: HmiOperation,
  series: string,
  slice: Slice,
  meta: boolean | undefined,
): Promise<FetchedSlice> {
  const { rateLimiter, links } = op.context;
  await rateLimiter.turn(op.signal);
  const request = {
    url: `HMI/${encodeURIComponent(series)}`,
    query: { start: slice.startText, end: slice.endText, ...(meta !== undefined && { meta }) },
    mapError: mapProblem,
    timeoutMs: timeoutOf(op, meta),
  };
  const rows = await readJson(op, request);
  const range = `${slice.startText} to ${slice.endText}`;
  if (!Array.isArray(rows)) throw new UnexpectedResponse(noListMessage(rows, range), op.init(request));
  const address = (link: string): string => {
    const resolved = resolveLink(link, links);
    return 'url' in resolved ? resolved.url.href : link;
  };
  if (rows.length > 0 && !rows.some((row: unknown) => isObject(row)))
    throw new UnexpectedResponse(
      `the list of ${range} has another shape than known: $[0] is no record`,
      op.init(request),
    );
  const warnings: string[] = [];
  const warn = (message: string): void => {
    warnings.push(message);
  };
  const records = rows.flatMap((row: unknown, at) => readRow(row, { series, address, path: `$[${at}]`, warn }));
  return { records, warnings: warnings.map((warning) => `the list of ${range}: ${warning}`) };
}

function readRow(row: unknown, reading: Required<DecodeContext>): HmiRecord[] {
  try {
    return [decodeRecord(row, reading)];
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    reading.warn(`${error.message}; it is left out`);
    return [];
  }
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
