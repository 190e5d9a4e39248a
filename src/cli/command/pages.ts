import type { Pager } from '../../types.js';
import type { Context } from './context.js';

/** All rows of a listing; what could not be read on a page is a warning. */
export async function allRows<T>(context: Context, pager: Pager<T>): Promise<T[]> {
  return context.steps('reading pages', async (step) => {
    const rows: T[] = [];
    const warnings: string[] = [];
    for await (const { items, page, pageCount = 0, warnings: told } of pager.byPage()) {
      context.signal.throwIfAborted();
      rows.push(...items);
      warnings.push(...told);
      step(page, pageCount);
    }
    for (const warning of warnings) context.warn(warning);
    return rows;
  });
}
