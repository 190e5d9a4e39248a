import { DOWNLOAD_OPTIONS, WAIT_OPTIONS } from '../command/common-options.js';
import type { ScopsClient } from '../../scops/index.js';
import type { Context } from '../command/context.js';
import type { CommandSpec } from '../command/spec.js';
import { downloadOptions, Transfers } from '../command/transfer.js';
import { waitOptions } from '../command/wait.js';
import { BAND_MATH_OPTIONS, bandMathInput, indexEquations, sendBandMath } from './band-math.js';
import { withScops } from './open.js';
import { flightDay, FLIGHT_ARGUMENTS, ORDER_OPTIONS, orderOf } from './order-input.js';
import { SAVE_OPTION } from './orders.js';
import { failuresOf, follow } from './status.js';
import { store } from './submit.js';

const OUTPUT = { flags: '--output-dir <folder>', text: 'where the archives go; default the current folder' } as const;

/** `sdc scops process`. */
export const process: CommandSpec = {
  name: 'process',
  summary: 'do it all: submit, band maths, confirm, find the processing id, wait, download',
  details:
    'SCOPS sends the processing id only by mail. This looks for it as find-id does, by trying likely ones; if you have the mail,\n' +
    'continue with watch and download. Save the order with --save: after an interruption, find-id, watch and download continue.',
  arguments: FLIGHT_ARGUMENTS,
  options: [
    ...ORDER_OPTIONS.filter(({ flags }) => flags !== '--band-math'),
    ...BAND_MATH_OPTIONS,
    OUTPUT,
    SAVE_OPTION,
    ...WAIT_OPTIONS,
    ...DOWNLOAD_OPTIONS,
  ],
  examples: [
    [
      'sdc scops process 2014 217 --line f21701:1-20 --email me@institute.org --output-dir flight-217',
      'from the order to its archives',
    ],
    ['sdc scops process 2014 217 --line f21701 --email me@institute.org --index ndvi', 'with a vegetation index'],
  ],
  run: async (context) => {
    const { signal } = context;
    const maths = bandMathInput(context);
    const order = { ...orderOf(context), bandMath: maths !== undefined };
    const transfers = new Transfers(context);
    await withScops(context, async (scops) => {
      const [line] = (await scops.getFlight(flightDay(context), { signal })).lines.filter(
        ({ name }) => name === order.lines[0]?.name,
      );
      if (maths !== undefined && line !== undefined) await indexEquations(maths.indices, line.bands);
      const stored = await store(context, scops, order);
      context.note(`ordered ${stored.configName}`);
      let next = maths === undefined ? 'confirm' : 'band-math';
      try {
        if (maths !== undefined) await sendBandMath(scops, stored.configName, maths, { signal });
        next = 'confirm';
        await scops.confirm(stored.configName, { signal });
        next = 'find-id';
        context.note('confirmed; looking for the processing id');
        const id = await scops.findProcessingId(stored, { signal });
        next = '';
        context.note(`processing id ${id}`);
        await bring(context, scops, id, transfers);
      } finally {
        if (next !== '') context.note(`the order is stored as ${stored.configName}; go on with: sdc scops ${next}`);
      }
    });
    await transfers.print();
  },
};

async function bring(context: Context, scops: ScopsClient, id: string, transfers: Transfers): Promise<void> {
  const ended = await follow(context, scops.watch(id, waitOptions(context)));
  if (ended?.products.some(({ state }) => state === 'complete') === true) {
    await context.progress('downloading', ({ onProgress }) => {
      const files = scops.download(id, context.input.text('outputDir') ?? '.', downloadOptions(context, onProgress));
      return transfers.take(files, (name) => name);
    });
  }
  for (const { name, error } of failuresOf(ended)) transfers.failed(name, error);
}
