import { writeAtomic } from '../../core/files/write-atomic.js';
import { finishedProducts, hasEnded } from '../../scc/for-command.js';
import type { CommandSpec } from '../command/spec.js';
import { Transfers } from '../command/transfer.js';
import { UsageError } from '../command/usage-error.js';
import { csvText } from '../output/csv.js';
import { measurementColumns } from './columns.js';
import { withScc } from './open.js';
import { SCC_DOWNLOAD_OPTIONS, takeProducts } from './product-options.js';
import { DATE_ARGUMENTS, LOCATION, searchMeasurements } from './search-pages.js';

const EXCLUDABLE = ['hirelpp', 'cloudmask', 'elpp', 'optical', 'elic'] as const;

/** `sdc scc search-download`. */
export const searchDownload: CommandSpec = {
  name: 'search-download',
  aliases: ['scc-search-download'],
  summary: 'search, then download the finished products of all measurements found',
  arguments: [...DATE_ARGUMENTS, { flags: '<download-path>', text: 'where the products go' }],
  options: [
    LOCATION,
    { flags: '--to-csv <file>', text: 'also write what was found to a file' },
    ...EXCLUDABLE.map((product) => ({ flags: `--no-${product}`, text: `without ${product}` })),
    { flags: '--extract', text: 'unpack each archive into <folder>/<id>/<product>/' },
    ...SCC_DOWNLOAD_OPTIONS,
  ],
  examples: [
    ['sdc scc search-download 2021-06-01 2021-06-08 products --location aky', 'a week of one station'],
    ['sdc scc search-download 2021-06-01 2021-06-08 products --no-hirelpp --no-cloudmask', 'without two products'],
  ],
  run: async (context) => {
    const { input } = context;
    const wanted = EXCLUDABLE.filter((product) => !input.without(product));
    if (wanted.length === 0) throw new UsageError('all products are excluded: nothing to download');
    await withScc(context, async (scc) => {
      const found = await searchMeasurements(context, scc);
      const file = input.text('toCsv');
      if (file !== undefined) await writeAtomic(file, csvText(measurementColumns(), found));
      context.note(`${found.length} measurements found`);
      const transfers = new Transfers(context);
      await context.progress('downloading', async (view) => {
        for (const measurement of found) {
          const ready = finishedProducts(measurement).filter((product) => wanted.some((one) => one === product));
          const job = { measurement, directory: input.argument('download-path'), products: ready };
          if (!hasEnded(measurement) || ready.length === 0) context.note(`${measurement.id} skipped: nothing finished`);
          else await takeProducts(context, scc, job, transfers, view);
        }
      });
      await transfers.print();
    });
  },
};
