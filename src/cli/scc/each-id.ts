import type { SCC } from '../../scc/index.js';
import type { Context } from '../command/context.js';
import { withScc } from './open.js';

/** Does something with each id; one failure does not end the rest, the summary names it. */
export async function eachId(
  context: Context,
  work: (scc: SCC, id: string) => Promise<void>,
  said: string,
): Promise<void> {
  const { input, outcome, signal } = context;
  const rows: { readonly id: string; readonly status: string }[] = [];
  await withScc(context, async (scc) => {
    for (const id of new Set(input.argumentList('ids'))) {
      const before = outcome.failures.length;
      await outcome.attempt(id, signal, () => work(scc, id));
      const failed = outcome.failures.length > before;
      rows.push({ id, status: failed ? 'failed' : said });
      if (!failed) context.line(`${said} ${id}`);
    }
  });
  if (context.format !== 'table') await context.rows(COLUMNS, rows);
}

const COLUMNS = [
  { name: 'id', value: ({ id }: { readonly id: string }) => id },
  { name: 'status', value: ({ status }: { readonly status: string }) => status },
];
