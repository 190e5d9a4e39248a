import type { ImapOperation } from '../../context.js';
import { halve } from './axis.js';
import { dividedInSomeWay } from './divide.js';
import { joinParts } from './join.js';
import { isAnswering, narrowed, type LargeQuery } from './large-query.js';
import { isSurelyTooLarge, isTooLarge } from './too-large.js';
import { undatedParts } from './undated.js';

/**
 * Asks for a query at once or, where the server cannot answer that, in parts that together are the whole: spans along an axis, halved
 * until each is answered, the outermost without bounds. The answers are joined without doubles, in the server's order.
 *
 * @throws the first error when the server does not answer an empty query either; an error that says how to narrow the query when
 * a part that cannot be divided further is refused. Never fewer rows.
 */
export async function askInParts<T>(op: ImapOperation, query: LargeQuery<T>): Promise<readonly T[]> {
  try {
    return await query.ask(query.pairs, true);
  } catch (error) {
    const axes = query.ways.flat();
    const axis = axes.find((one) => halve(query.pairs, one) !== undefined);
    if (!isTooLarge(error) || axes.length === 0) throw error;
    if (axis === undefined) throw narrowed(query, query.pairs, error);
    if (!isSurelyTooLarge(error) && !(await isAnswering(query, axis))) throw error;
    op.warn('the server could not answer at once; asking in parts');
    const parts = await dividedInSomeWay(query, error);
    return joinParts([...parts, ...(await undatedParts(op, query, parts))], query.keyOf, query.orders);
  }
}
