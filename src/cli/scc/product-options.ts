import { SCC_PRODUCTS } from './products.js';
import type { SCC, SccProduct } from '../../scc/index.js';
import type { Context, Progressing } from '../command/context.js';
import { DOWNLOAD_OPTIONS } from '../command/common-options.js';
import type { OptionSpec } from '../command/spec.js';
import { defined } from '../command/defined.js';
import { downloadOptions, type Transfers } from '../command/transfer.js';

/** Options that choose products, in the spellings of all existing tools. */
export const PRODUCT_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '--products <names>',
    text: 'only these products; default all that is finished',
    choices: SCC_PRODUCTS,
    many: true,
  },
  { flags: '--download-preprocessed', text: 'the same as --products elpp' },
  { flags: '--download-optical', text: 'the same as --products optical' },
  { flags: '--download-profile-graphs', text: 'the same as --products plots' },
  { flags: '--extract', text: 'unpack each archive into <folder>/<id>/<product>/' },
  ...DOWNLOAD_OPTIONS,
];

/** The products that were asked for; `undefined`: all that is finished. */
export function chosenProducts({ input }: Context): SccProduct[] | undefined {
  const named = input.list('products') ?? [];
  const chosen = SCC_PRODUCTS.filter(
    (product) =>
      named.includes(product) ||
      (product === 'elpp' && input.flag('downloadPreprocessed')) ||
      (product === 'optical' && input.flag('downloadOptical')) ||
      (product === 'plots' && input.flag('downloadProfileGraphs')),
  );
  return chosen.length === 0 ? undefined : chosen;
}

/** Downloads the products of one measurement; whether all of them are there. */
export async function takeProducts(
  context: Context,
  scc: SCC,
  id: string,
  directory: string,
  transfers: Transfers,
  { onProgress, line }: Progressing,
  products: readonly SccProduct[] | undefined = chosenProducts(context),
): Promise<boolean> {
  const before = context.outcome.failures.length;
  const options = { ...downloadOptions(context, onProgress), ...defined({ products }) };
  try {
    const downloads = scc.downloadProducts(id, directory, { ...options, extract: context.input.flag('extract') });
    await transfers.take(downloads, (product) => `${id} ${product}`, line);
  } catch (error) {
    context.signal.throwIfAborted();
    transfers.failed(id, error);
  }
  return context.outcome.failures.length === before;
}
