import { writeAtomic } from '../../core/files/write-atomic.js';
import type { SubmittedOrder } from '../../scops/index.js';
import type { Column } from '../output/columns.js';
import { readNamedFile } from '../command/read-file.js';
import type { CommandSpec } from '../command/spec.js';
import { UsageError } from '../command/usage-error.js';
import { configNameOf, withScops } from './open.js';
import { FLIGHT_ARGUMENTS, ORDER_OPTIONS, orderOf } from './order-input.js';

const COLUMNS: readonly Column<SubmittedOrder>[] = [
  { name: 'config_name', value: ({ configName }) => configName },
  { name: 'tag', value: ({ tag }) => tag },
  { name: 'submitted_at', value: ({ submittedAt }) => submittedAt },
];

/** `sdc scops submit`. */
export const submit: CommandSpec = {
  name: 'submit',
  summary: 'order the processing of flight lines; checked here before anything is sent',
  details:
    'The order is processed once it is confirmed. Keep it with --save, so that find-id can look for its processing id.',
  arguments: FLIGHT_ARGUMENTS,
  options: [
    ...ORDER_OPTIONS,
    { flags: '--confirm', text: 'confirm it at once' },
    { flags: '--save <file>', text: 'keep the order as JSON, for find-id' },
  ],
  examples: [
    [
      'sdc scops submit 2014 217 --line f21701:1-20 --email me@institute.org --save order.json',
      'twenty bands of a line',
    ],
    ['sdc scops submit 2014 217 --line f21701,f21702 --email me@institute.org --confirm', 'two lines, at once'],
  ],
  run: async (context) => {
    const { input, signal } = context;
    const order = orderOf(context);
    const save = input.text('save');
    const submitted = await withScops(context, (scops) =>
      context.progress('uploading', async ({ onProgress }) => {
        const stored = await scops.submit(order, { signal, onProgress });
        if (save !== undefined) await writeAtomic(save, `${JSON.stringify(stored, undefined, 2)}\n`);
        if (input.flag('confirm')) await scops.confirm(stored.configName, { signal });
        return stored;
      }),
    );
    if (context.format !== 'table') return context.rows(COLUMNS, [submitted]);
    context.line(`${input.flag('confirm') ? 'ordered and confirmed' : 'ordered'} ${submitted.configName}`);
    if (!input.flag('confirm')) context.note(`to start it: sdc scops confirm ${submitted.configName}`);
  },
};

/** `sdc scops confirm`. */
export const confirm: CommandSpec = {
  name: 'confirm',
  summary: 'confirm an order, so that it is processed; may take a minute',
  arguments: [{ flags: '<order>', text: 'config name, or the link of the first mail' }],
  examples: [['sdc scops confirm GB13_08_2014_217_20180307152824', 'start an order']],
  run: async (context) => {
    const configName = await configNameOf(context.input.argument('order'));
    await withScops(context, (scops) => scops.confirm(configName, { signal: context.signal }));
    context.line(`confirmed ${configName}`);
  },
};

/** `sdc scops find-id`. */
export const findId: CommandSpec = {
  name: 'find-id',
  summary: 'look for the processing id of an order, which SCOPS tells by mail only',
  arguments: [{ flags: '<order>', text: 'file that submit --save has written' }],
  options: [{ flags: '--confirmed-at <time>', text: 'when it was confirmed, ISO 8601; default when it was submitted' }],
  examples: [['sdc scops find-id order.json', 'asks at most twice a second']],
  run: async (context) => {
    const { input, signal } = context;
    const order = readOrder(await readNamedFile(input.argument('order'), 'the order'));
    const confirmedAt = input.text('confirmedAt');
    const id = await withScops(context, (scops) =>
      scops.findProcessingId(order, { signal, ...(confirmedAt !== undefined && { confirmedAt }) }),
    );
    if (context.format === 'table') context.terminal.out(`${id}\n`);
    else await context.rows([{ name: 'processing_id', value: () => id }], [{ processingId: id }]);
  },
};

function readOrder(text: string): SubmittedOrder {
  const data = parseJson(text);
  const fields = new Map<string, unknown>(typeof data === 'object' && data !== null ? Object.entries(data) : []);
  const field = (name: string): string | undefined => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const [configName, tag, at, sortie] = [field('configName'), field('tag'), field('submittedAt'), field('sortie')];
  if (configName === undefined || tag === undefined || at === undefined)
    throw new UsageError('this is no order that submit --save has written');
  return { configName, tag, submittedAt: new Date(at), ...(sortie !== undefined && { sortie }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
