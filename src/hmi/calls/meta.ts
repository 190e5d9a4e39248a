import { NotFoundError, UnexpectedResponse } from '../../errors.js';
import type { Arguments } from '../../core/operation/arguments.js';
import type { OwnRequest } from '../../core/operation/operation.js';
import { readJson, type HmiOperation } from '../context.js';
import { requireSeries } from './query.js';
import { mapProblem, messageOf } from '../errors.js';
import { decodeKeywords, isObject } from '../decode/record.js';
import { columnsOf, isNothing } from '../decode/columns.js';
import type { HmiKeywords, HmiMeta, HmiMetaOptions } from '../types.js';

const DEFAULT_BATCH = 100;
/** MEDOC's own client asks for at most so many. */
const MAX_BATCH = 500;
/** So many records that are not found, and none that is: the service has no metadata. */
const MAX_REFUSALS = 100;
/** How a service that takes one record number only may refuse several; a 500 of it is a lasting fault, not a passing one. */
const REFUSALS = new Set([400, 404, 405, 414, 422, 500, 501]);

interface MetaRequest {
  readonly series: string;
  readonly fields: readonly string[];
}

/**
 * Reads keywords in batches, in the order of the record numbers. Whether the service takes several numbers in one
 * request is not known for sure: where a batch is refused, they are asked for one by one.
 */
export async function meta(
  op: HmiOperation,
  series: string,
  recnums: Iterable<number>,
  fields: readonly string[],
  options: HmiMetaOptions,
): Promise<HmiMeta> {
  const request: MetaRequest = {
    series: requireSeries(op.arguments, series),
    fields: fieldNames(op.arguments, fields),
  };
  const size = op.arguments.integer(options.batchSize ?? DEFAULT_BATCH, 'batchSize', { min: 1, max: MAX_BATCH });
  const wanted = [...new Set(Array.from(recnums, (one) => op.arguments.integer(one, 'recnums', { min: 0 })))];
  const found = new Map<number, HmiKeywords>();
  let batches: 'untried' | 'taken' | 'refused' = 'untried';
  let refusals = 0;
  for (let at = 0; at < wanted.length; at += size) {
    const batch = wanted.slice(at, at + size);
    if (batches !== 'refused' && batch.length > 1) {
      const answered = await readBatch(op, request, batch, batches === 'taken', found);
      // One record for many numbers proves nothing: a service that reads the first number only answers so, too.
      if (answered !== undefined && answered > 1) batches = 'taken';
      if (batches === 'taken' && answered !== undefined) continue;
      if (batches === 'untried') {
        batches = 'refused';
        op.log.info(`${op.name}: the service takes one record number at a time; this will be slower`);
      }
    }
    for (const recnum of batch) {
      if (found.has(recnum)) continue;
      if (await readOne(op, request, recnum, found)) refusals += 1;
      if (found.size === 0 && refusals >= MAX_REFUSALS) throw nothingFound(op, request, refusals);
    }
  }
  if (found.size === 0 && wanted.length > size && refusals === wanted.length) throw nothingFound(op, request, refusals);
  return withMissing(
    found,
    wanted.filter((one) => !found.has(one)),
  );
}

/** Asks for several at a time; tells how many of them were answered, nothing for a refusal: one unknown number may be its cause. */
async function readBatch(
  op: HmiOperation,
  request: MetaRequest,
  batch: readonly number[],
  proven: boolean,
  found: Map<number, HmiKeywords>,
): Promise<number | undefined> {
  const call = callFor(request, batch.join(','));
  const accept = (status: number): boolean => (status >= 200 && status < 300) || REFUSALS.has(status);
  await op.context.rateLimiter.turn(op.signal);
  try {
    return collect(op, call, await readJson(op, proven ? call : { ...call, accept }), batch, found);
  } catch (error) {
    if (error instanceof NotFoundError || (!proven && error instanceof UnexpectedResponse)) return undefined;
    throw error;
  }
}

/** Asks for one record; tells whether the service knows neither it nor, perhaps, the route. */
async function readOne(
  op: HmiOperation,
  request: MetaRequest,
  recnum: number,
  found: Map<number, HmiKeywords>,
): Promise<boolean> {
  const call = callFor(request, String(recnum));
  await op.context.rateLimiter.turn(op.signal);
  try {
    collect(op, call, await readJson(op, call), [recnum], found);
    return false;
  } catch (error) {
    // An unknown record is reported as missing; an answer without the route at all looks the same.
    if (!(error instanceof NotFoundError)) throw error;
    return true;
  }
}

/** Rather than thousands of requests that all miss: generations 1 to 3 have no such route at all. */
function nothingFound(op: HmiOperation, request: MetaRequest, count: number): NotFoundError {
  return new NotFoundError(
    `none of the first ${count} records of ${request.series} has metadata; the service may be too old to serve any, or the numbers belong to another series`,
    op.init(),
  );
}

function callFor({ series, fields }: MetaRequest, recnums: string): OwnRequest {
  return {
    url: `HMI/${encodeURIComponent(series)}/meta/${recnums}`,
    ...(fields.length > 0 && { query: { fields: fields.join(',') } }),
    mapError: mapProblem,
  };
}

function collect(
  op: HmiOperation,
  call: OwnRequest,
  answer: unknown,
  wanted: readonly number[],
  found: Map<number, HmiKeywords>,
): number {
  const words = messageOf(answer);
  if (!isObject(answer))
    throw new UnexpectedResponse(
      'the metadata answer has another shape than known: $ is no object keyed by record number',
      op.init(call),
    );
  // The project's services tell what they do not have with status 200.
  if (words !== undefined && !wanted.some((one) => String(one) in answer))
    throw new NotFoundError(`the service has no metadata of the records asked for; it says: ${words}`, op.init(call));
  let count = 0;
  for (const recnum of wanted) {
    const row = answer[String(recnum)];
    if (row === undefined || row === null) continue;
    count += 1;
    const keywords = isObject(row) ? columnsOf(row).get('meta') : row;
    if (isObject(keywords)) found.set(recnum, decodeKeywords(keywords));
    else if (isObject(row) && isNothing(keywords)) found.set(recnum, {});
    else op.warn(`the metadata of record ${recnum} cannot be read; it counts as missing`);
  }
  return count;
}

function fieldNames(args: Arguments, fields: unknown): string[] {
  if (!Array.isArray(fields)) throw args.invalid("fields must be a list of keyword names such as ['area', 'usflux']");
  return fields.map((one: unknown) => {
    if (typeof one !== 'string' || !/^\w+$/u.test(one))
      throw args.invalid(`fields must be keyword names such as 'area', got ${JSON.stringify(one)}`);
    return one.toLowerCase();
  });
}

function withMissing(found: Map<number, HmiKeywords>, missing: readonly number[]): HmiMeta {
  const meta = Object.assign(found, { missing });
  return Object.defineProperty(meta, 'missing', { enumerable: false });
}
