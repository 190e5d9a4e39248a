import { NotFoundError, UnexpectedResponse } from '../../errors.js';
import type { OwnRequest } from '../../core/operation/operation.js';
import type { HmiOperation } from '../context.js';
import { messageOf } from '../errors.js';
import type { HmiKeywords } from '../types.js';
import { columnsOf, isNothing } from './columns.js';
import { decodeKeywords } from './keywords.js';
import { isRecord } from '../../core/util/records.js';

/**
 * Adds the keywords of an answer of the metadata route to those that were found.
 *
 * @returns how many of the wanted records the answer knows.
 * @throws {@link UnexpectedResponse} for another shape; {@link NotFoundError} for a message in place of records.
 */
export function addMetadata(
  op: HmiOperation,
  request: OwnRequest,
  answer: unknown,
  wanted: readonly number[],
  found: Map<number, HmiKeywords>,
): number {
  if (!isRecord(answer))
    throw new UnexpectedResponse(
      'the metadata answer has an unexpected shape: $ is not an object keyed by record number',
      op.init(request),
    );
  const words = messageOf(answer);
  // The project's services report what they do not have with status 200.
  if (words !== undefined && !wanted.some((one) => String(one) in answer))
    throw new NotFoundError(
      `the service has no metadata for the requested records; it says: ${words}`,
      op.init(request),
    );
  let count = 0;
  for (const recnum of wanted) {
    const row = answer[String(recnum)];
    if (row === undefined || row === null) continue;
    count += 1;
    const keywords = isRecord(row) ? columnsOf(row).get('meta') : row;
    if (isRecord(keywords)) found.set(recnum, decodeKeywords(keywords));
    else if (isRecord(row) && isNothing(keywords)) found.set(recnum, {});
    else op.warn(`the metadata of record ${recnum} cannot be read; it counts as missing`);
  }
  return count;
}
