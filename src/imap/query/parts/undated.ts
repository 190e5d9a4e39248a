import { isSdcError } from '../../../errors.js';
import type { ImapOperation } from '../../context.js';
import { holds, isBounded, spanWords, type QueryPairs } from './axis.js';
import { divided, type AtEnd } from './divide.js';
import { isAnswering, type LargeQuery, type Undated } from './large-query.js';
import { narrowIt } from './too-large.js';

/**
 * The parts along another axis, which hold the rows that have no value on the first.
 *
 * @param dated - The parts along the first.
 */
export async function undatedParts<T>(
  op: ImapOperation,
  query: LargeQuery<T>,
  dated: readonly (readonly T[])[],
): Promise<(readonly T[])[]> {
  const { undated, pairs } = query;
  if (undated === undefined || isBounded(pairs, undated.of)) return [];
  const warn = (why: string): void => {
    op.warn(`${undated.missing}, should there be any, could not be looked for: ${why}`);
  };
  const explained = explanation(query, undated, dated);
  const atEnd: AtEnd = (part, error) => {
    const span = spanWords(part, undated.axis) ?? 'this query';
    if (!explained(part)) return narrowIt(error, `for ${undated.missing}, ingested ${span}`, undated.advice);
    warn(`more of the others were ingested ${span} than the server sends at once`);
    return undefined;
  };
  try {
    return await divided(query, pairs, undefined, [undated.axis], atEnd);
  } catch (error) {
    // An older server, which knows no days of ingestion, cannot send such rows either; one that is down is another matter.
    if (!isSdcError(error) || (await isAnswering(query, undated.axis))) throw error;
    if (!(await isAnswering(query, undated.of))) throw error;
    warn(error.message);
    return [];
  }
}

/** Tells whether the rows that are known already are reason enough for the refusal of a part: more than any answer held. */
function explanation<T>(
  { keyOf }: LargeQuery<T>,
  { axis, valueOf }: Undated<T>,
  dated: readonly (readonly T[])[],
): (part: QueryPairs) => boolean {
  const most = Math.max(...dated.map((rows) => rows.length));
  const rows = [...new Map(dated.flat().map((row) => [keyOf(row), row])).values()];
  return (part) => rows.filter((row) => holds(part, axis, valueOf(row))).length > most;
}
