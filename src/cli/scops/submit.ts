import { isSdcError } from '../../errors.js';
import type { ScopsClient, ScopsOrder, SubmittedOrder } from '../../scops/index.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import type { CommandSpec } from '../command/spec.js';
import { countModel } from './model-files.js';
import { withScops } from './open.js';
import { flightDay, FLIGHT_ARGUMENTS, ORDER_OPTIONS, orderOf } from './order-input.js';
import { ORDER_ARGUMENT, ORDER_COLUMNS, orderNameOf, readOrderFile, SAVE_OPTION, saveOrder } from './orders.js';

/** `sdc scops submit`. */
export const submit: CommandSpec = {
  name: 'submit',
  summary: 'order the processing of flight lines; the order is checked before anything is sent',
  details:
    'The order is processed once it is confirmed. Save it with --save, so that find-id can look for its processing id.',
  arguments: FLIGHT_ARGUMENTS,
  options: [...ORDER_OPTIONS, { flags: '--confirm', text: 'confirm it right away' }, SAVE_OPTION],
  examples: [
    [
      'sdc scops submit 2014 217 --line f21701:1-20 --email me@institute.org --save order.json',
      'twenty bands of a line',
    ],
    [
      'sdc scops submit 2014 217 --line f21701,f21702 --email me@institute.org --confirm',
      'two lines, confirmed right away',
    ],
  ],
  run: async (context) => {
    const { input, signal } = context;
    const order = orderOf(context);
    const dem = typeof order.dem === 'object' ? order.dem : undefined;
    if (dem !== undefined) context.closing.begin('uploads');
    await withScops(context, async (scops) => {
      const stored = await store(context, scops, order);
      const { configName } = stored;
      if (dem !== undefined) await countModel(context, dem);
      if (context.format !== 'table') await context.rows(ORDER_COLUMNS, [stored]);
      context.answer(`ordered ${configName}`);
      const toConfirm = `to start it: sdc scops confirm ${configName}`;
      if (!input.flag('confirm')) {
        context.note(toConfirm);
        return;
      }
      try {
        await scops.confirm(configName, { signal });
      } catch (error) {
        context.note(toConfirm);
        throw error;
      }
      context.line(`confirmed ${configName}`);
    });
  },
};

/** Stores an order and keeps it where `--save` asks for it; one without a name must not be sent again. */
export async function store(context: Context, scops: ScopsClient, order: ScopsOrder): Promise<SubmittedOrder> {
  const { OrderStoredWithoutName } = await import('../../scops/index.js');
  try {
    const stored = await context.progress('uploading', ({ onProgress }) =>
      scops.submit(order, { signal: context.signal, onProgress }),
    );
    await saveOrder(context, stored);
    return stored;
  } catch (error) {
    if (error instanceof OrderStoredWithoutName) {
      const { year, day, submittedAt } = error.order;
      const at = submittedAt instanceof Date ? submittedAt.toISOString() : submittedAt;
      context.warn(
        `do not order again; to find the name: sdc scops find-order ${year} ${day} --submitted-at ${at} --tag ${error.tag}`,
      );
    } else if (isSdcError(error) && error.delivered === 'maybe') {
      const { year, day } = order.flight;
      context.warn(
        `to see whether it is stored: sdc scops find-order ${year} ${day} --submitted-at <time of the order>`,
      );
    }
    throw error;
  }
}

/** `sdc scops confirm`. */
export const confirm: CommandSpec = {
  name: 'confirm',
  summary: 'confirm an order, so that it is processed; may take a minute',
  arguments: [ORDER_ARGUMENT],
  examples: [['sdc scops confirm GB13_08_2014_217_20180307152824', 'start an order']],
  run: async (context) => {
    const configName = await orderNameOf(context);
    await withScops(context, (scops) => scops.confirm(configName, { signal: context.signal }));
    await context.result(`confirmed ${configName}`, { status: 'confirmed', configName });
  },
};

/** `sdc scops find-id`. */
export const findId: CommandSpec = {
  name: 'find-id',
  summary: 'look for the processing id of an order, which SCOPS sends only by mail',
  arguments: [{ flags: '<order>', text: 'file written by submit --save' }],
  options: [{ flags: '--confirmed-at <time>', text: 'when it was confirmed, ISO 8601; default when it was submitted' }],
  examples: [['sdc scops find-id order.json', 'asks at most twice a second']],
  run: async (context) => {
    const { input, signal } = context;
    const order = await readOrderFile(input.argument('order'));
    const confirmedAt = input.text('confirmedAt');
    const id = await withScops(context, (scops) =>
      scops.findProcessingId(order, { signal, ...(confirmedAt !== undefined && { confirmedAt }) }),
    );
    if (context.format === 'table') context.terminal.out(`${id}\n`);
    else await context.rows([{ name: 'processing_id', value: () => id }], [{ processingId: id }]);
  },
};

/** `sdc scops find-order`. */
export const findOrder: CommandSpec = {
  name: 'find-order',
  summary: 'look for the config name of an order whose answer did not give it',
  details: 'Tries at most ten likely names; each wrong one is an error in the log of the server.',
  arguments: FLIGHT_ARGUMENTS,
  options: [
    { flags: '--submitted-at <time>', text: 'when it was submitted, ISO 8601', required: true },
    {
      flags: '--within <seconds>',
      text: 'how far before and after that time to look; default 2',
      number: { min: 0, max: 30, whole: true },
    },
    { flags: '--tag <text>', text: 'its tag, as submit reported it; find-id needs it' },
    SAVE_OPTION,
  ],
  examples: [['sdc scops find-order 2014 217 --submitted-at 2018-03-07T15:28:24Z', 'try names around that second']],
  run: async (context) => {
    const { input, signal } = context;
    const flight = flightDay(context);
    const at = input.text('submittedAt') ?? '';
    const configName = await withScops(context, (scops) =>
      scops.findConfigName(
        { ...flight, submittedAt: at },
        { signal, ...defined({ withinSeconds: input.number('within') }) },
      ),
    );
    const sortie = defined({ sortie: flight.sortie });
    const found = { configName, tag: input.text('tag') ?? '', submittedAt: new Date(at), ...sortie };
    await saveOrder(context, found);
    if (context.format === 'table') context.terminal.out(`${configName}\n`);
    else await context.rows(ORDER_COLUMNS, [found]);
  },
};
