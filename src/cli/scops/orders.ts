import { writeAtomic } from '../../core/files/write-atomic.js';
import type { SubmittedOrder } from '../../scops/index.js';
import type { Context } from '../command/context.js';
import { readNamedFile } from '../command/read-file.js';
import { UsageError } from '../command/usage-error.js';
import type { Column } from '../output/columns.js';
import { configNameOf } from './open.js';

/** An order in CSV. */
export const ORDER_COLUMNS: readonly Column<SubmittedOrder>[] = [
  { name: 'config_name', value: ({ configName }) => configName },
  { name: 'tag', value: ({ tag }) => tag },
  { name: 'submitted_at', value: ({ submittedAt }) => submittedAt },
];

/** Option of the commands that store an order. */
export const SAVE_OPTION = { flags: '--save <file>', text: 'keep the order as JSON, for find-id' } as const;

/** The argument of commands about an order that is stored. */
export const ORDER_ARGUMENT = {
  flags: '<order>',
  text: 'config name, the link in the first mail, or a file written by --save (*.json)',
} as const;

/** Keeps an order where `--save` asks for it. */
export async function saveOrder({ input }: Context, order: SubmittedOrder): Promise<void> {
  const file = input.text('save');
  if (file !== undefined) await writeAtomic(file, `${JSON.stringify(order, undefined, 2)}\n`);
}

/** The config name of {@link ORDER_ARGUMENT}. */
export async function orderNameOf({ input }: Context): Promise<string> {
  const text = input.argument('order');
  return text.endsWith('.json') ? (await readOrderFile(text)).configName : configNameOf(text);
}

/** Reads a file that `--save` has written. */
export async function readOrderFile(path: string): Promise<SubmittedOrder> {
  const data = parseJson(await readNamedFile(path, 'the order'));
  const fields = new Map<string, unknown>(typeof data === 'object' && data !== null ? Object.entries(data) : []);
  const field = (name: string): string | undefined => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const [configName, tag, at, sortie] = [field('configName'), field('tag'), field('submittedAt'), field('sortie')];
  if (configName === undefined || tag === undefined || at === undefined || Number.isNaN(Date.parse(at)))
    throw new UsageError(`${path} is not an order written by --save`);
  return { configName, tag, submittedAt: new Date(at), ...(sortie !== undefined && { sortie }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
