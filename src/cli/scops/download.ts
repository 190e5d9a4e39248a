import { DOWNLOAD_OPTIONS } from '../command/common-options.js';
import type { CommandSpec } from '../command/spec.js';
import { NotYet } from '../command/not-yet.js';
import { UsageError } from '../command/usage-error.js';
import { downloadOptions, Transfers } from '../command/transfer.js';
import { processingIdOf, withScops } from './open.js';
import { failuresOf, ID_ARGUMENT } from './status.js';

/** `sdc scops download`. */
export const download: CommandSpec = {
  name: 'download',
  summary: 'download the archives of an order, product by product',
  details:
    'Takes what is complete; the summary and the exit code report the rest. Use one folder per order: names repeat between orders\n' +
    'for the same flight. SCOPS keeps archives for two weeks.',
  arguments: [ID_ARGUMENT, { flags: '<directory>', text: 'where the archives go' }],
  options: [
    { flags: '--products <names>', text: 'only these products; default all complete ones', many: true },
    { flags: '--whole', text: 'the archive of the whole order, which SCOPS may never make' },
    ...DOWNLOAD_OPTIONS,
  ],
  examples: [['sdc scops download GB13_08_2014_21720180307152902 flight-217', 'every product of an order']],
  run: async (context) => {
    const { input, signal } = context;
    const named = input.list('products');
    if (input.flag('whole') && named !== undefined)
      throw new UsageError('--whole and --products cannot be used together');
    const id = await processingIdOf(input.argument('id'));
    const products = input.flag('whole') ? ('project' as const) : named;
    const transfers = new Transfers(context);
    await withScops(context, async (scops) => {
      await context.progress('downloading', ({ onProgress }) => {
        const options = { ...downloadOptions(context, onProgress), ...(products !== undefined && { products }) };
        return transfers.take(scops.download(id, input.argument('directory'), options), (name) => name);
      });
      if (products !== undefined) return;
      const status = await scops.getStatus(id, { signal });
      for (const { name, error } of failuresOf(status)) transfers.failed(name, error);
      for (const { name, state, stageText } of status.products)
        if (state !== 'complete' && state !== 'failed') transfers.failed(name, new NotYet(`not yet: ${stageText}`));
    });
    await transfers.print();
  },
};
