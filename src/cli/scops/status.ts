import type { ScopsProduct, ScopsStatus } from '../../scops/index.js';
import { WAIT_OPTIONS } from '../command/common-options.js';
import type { Context } from '../command/context.js';
import type { CommandSpec } from '../command/spec.js';
import { waitOptions } from '../command/wait.js';
import type { Column } from '../output/columns.js';
import { size } from '../output/size.js';
import { processingIdOf, withScops } from './open.js';

/** The argument of all commands about an order in work. */
export const ID_ARGUMENT = { flags: '<id>', text: 'processing id, or a link from any mail after the first' } as const;

const COLUMNS: readonly Column<ScopsProduct>[] = [
  { name: 'product', title: 'Product', value: ({ name }) => name },
  { name: 'state', title: 'State', value: ({ state }) => state },
  { name: 'stage', title: 'Stage', value: ({ stage }) => stage },
  { name: 'percent', title: '%', value: ({ percent }) => Math.round(percent) },
  {
    name: 'approximate_zip_bytes',
    title: 'Archive',
    value: ({ approximateZipBytes: bytes }) => (bytes === undefined ? undefined : size(bytes)),
  },
];

/** `sdc scops status`. */
export const status: CommandSpec = {
  name: 'status',
  summary: 'show the progress of an order',
  arguments: [ID_ARGUMENT],
  examples: [['sdc scops status GB13_08_2014_21720180307152902', 'the products of an order']],
  run: async (context) => {
    const id = await processingIdOf(context.input.argument('id'));
    const found = await withScops(context, (scops) => scops.getStatus(id, { signal: context.signal }));
    await show(context, found);
  },
};

/** `sdc scops watch`. */
export const watch: CommandSpec = {
  name: 'watch',
  summary: 'follow an order until all its products have ended',
  arguments: [ID_ARGUMENT],
  options: WAIT_OPTIONS,
  examples: [['sdc scops watch GB13_08_2014_21720180307152902 --poll 60', 'look every minute']],
  run: async (context) => {
    const id = await processingIdOf(context.input.argument('id'));
    await withScops(context, (scops) => showEnd(context, scops.watch(id, waitOptions(context))));
  },
};

/** Follows an order to its end and shows it; the products that failed are failures. */
export async function showEnd(context: Context, states: AsyncIterable<ScopsStatus>): Promise<void> {
  const last = await follow(context, states);
  if (last === undefined) return;
  await show(context, last);
  const failures = failuresOf(last);
  context.outcome.done(last.products.length - failures.length);
  for (const { name, error } of failures) context.outcome.failed(name, error);
}

/** Follows an order to its end and tells of each change; the last state. */
export async function follow(context: Context, states: AsyncIterable<ScopsStatus>): Promise<ScopsStatus | undefined> {
  let state: ScopsStatus | undefined;
  for await (const now of states) {
    state = now;
    context.note(`${now.state}, ${Math.round(now.percent)} %: ${now.products.map(productWords).join(', ')}`);
  }
  return state;
}

/** The products that failed. */
export function failuresOf(status: ScopsStatus | undefined): { readonly name: string; readonly error: Error }[] {
  const failed = (status?.products ?? []).filter((product) => product.failed);
  return failed.map(({ name, stageText }) => ({ name, error: new Error(`the processing failed: ${stageText}`) }));
}

function productWords({ name, stage, percent }: ScopsProduct): string {
  return `${name} ${stage} ${Math.round(percent)} %`;
}

/** Shows an order and its products. */
export async function show(context: Context, found: ScopsStatus): Promise<void> {
  if (context.format === 'json') {
    context.document(found);
    return;
  }
  context.answer(`${found.processingId}: ${found.state}, ${Math.round(found.percent)} %`);
  if (found.products.length > 0) await context.rows(COLUMNS, found.products);
}
