import type { Pager } from '../../types.js';
import type { Context } from './context.js';

/** All rows of a listing; what could not be read on a page is a warning. */
export async function allRows<T>(context: Context, pager: Pager<T>): Promise<T[]> {
  const rows: T[] = [];
  for await (const page of pager.byPage()) {
    context.signal.throwIfAborted();
    rows.push(...page.items);
    for (const warning of page.warnings) context.warn(warning);
  }
  return rows;
}
