import { NotFoundError, UnexpectedResponse } from '../../errors.js';
import type { Arguments } from '../../core/operation/arguments.js';
import type { OwnRequest } from '../../core/operation/operation.js';
import type { HmiOperation } from '../context.js';
import { addMetadata } from '../decode/metadata.js';
import { readJson } from '../decode/read-json.js';
import { answersBatch } from '../errors.js';
import { requireSeries } from '../records/identity.js';
import { keywordsRoute } from '../routes.js';
import type { HmiKeywords, HmiMeta, HmiMetaOptions } from '../types.js';

const DEFAULT_BATCH = 100;
/** MEDOC's own client asks for at most so many. */
const MAX_BATCH = 500;
/** After so many records without metadata, and none with it, the service counts as having none. */
const MAX_REFUSALS = 100;

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
  { batchSize = DEFAULT_BATCH }: HmiMetaOptions,
): Promise<HmiMeta> {
  const request: MetaRequest = {
    series: requireSeries(op.arguments, series),
    fields: fields.map((field) => fieldName(op.arguments, field)),
  };
  const size = op.arguments.integer(batchSize, 'batchSize', { min: 1, max: MAX_BATCH });
  const wanted = [...new Set(Array.from(recnums, (one) => op.arguments.integer(one, 'recnums', { min: 0 })))];
  const found = new Map<number, HmiKeywords>();
  let batches: 'untried' | 'taken' | 'refused' = 'untried';
  let refusals = 0;
  for (let at = 0; at < wanted.length; at += size) {
    const batch = wanted.slice(at, at + size);
    if (batches !== 'refused' && batch.length > 1) {
      const answered = await read(op, request, batch, batches === 'taken', found);
      // One record for many numbers proves nothing: a service that reads the first number only answers so, too.
      if (answered !== undefined && answered > 1) batches = 'taken';
      if (batches === 'taken' && answered !== undefined) continue;
      if (batches === 'untried') {
        batches = 'refused';
        op.say('info', 'the service accepts only one record number at a time; this will be slower');
      }
    }
    for (const recnum of batch) {
      if (found.has(recnum)) continue;
      // An unknown record is reported as missing; an answer without the route at all looks the same.
      if ((await read(op, request, [recnum], true, found)) === undefined) refusals += 1;
      if (found.size === 0 && refusals >= MAX_REFUSALS) throw nothingFound(op, request, refusals);
    }
  }
  if (found.size === 0 && wanted.length > size && refusals === wanted.length) throw nothingFound(op, request, refusals);
  return withMissing(
    found,
    wanted.filter((one) => !found.has(one)),
  );
}

/**
 * Asks for records, and gives how many of them were answered; `undefined` after a refusal, since one unknown number may be its cause.
 *
 * @param proven - The service is known to take so many in one request; until then other answers count as a refusal, too.
 */
async function read(
  op: HmiOperation,
  asked: MetaRequest,
  batch: readonly number[],
  proven: boolean,
  found: Map<number, HmiKeywords>,
): Promise<number | undefined> {
  const request = requestFor(asked, batch);
  await op.context.rateLimiter.turn(op.signal);
  try {
    const answer = await readJson(op, proven ? request : { ...request, accept: answersBatch });
    return addMetadata(op, request, answer, batch, found);
  } catch (error) {
    if (error instanceof NotFoundError || (!proven && error instanceof UnexpectedResponse)) return undefined;
    throw error;
  }
}

/** This avoids thousands of requests that find nothing: generations 1 to 3 have no such route at all. */
function nothingFound(op: HmiOperation, { series }: MetaRequest, count: number): NotFoundError {
  return new NotFoundError(
    `none of the first ${count} records of ${series} has metadata; the service may be too old to serve any, or the numbers belong to another series`,
    op.init(),
  );
}

function requestFor({ series, fields }: MetaRequest, recnums: readonly number[]): OwnRequest {
  return {
    url: keywordsRoute(series, recnums),
    query: { fields: fields.join(',') || undefined },
  };
}

function fieldName(args: Arguments, field: string): string {
  if (!/^\w+$/u.test(field))
    throw args.invalid(`fields must be keyword names such as 'area', got ${JSON.stringify(field)}`);
  return field.toLowerCase();
}

function withMissing(found: Map<number, HmiKeywords>, missing: readonly number[]): HmiMeta {
  const meta = Object.assign(found, { missing });
  return Object.defineProperty(meta, 'missing', { enumerable: false });
}
