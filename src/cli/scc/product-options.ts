import { Arguments } from '../../core/operation/arguments.js';
import { isSdcError } from '../../errors.js';
import { finishedProducts, requireProduct, SCC_PRODUCTS } from '../../scc/for-command.js';
import type { Measurement, SCC, SccProduct } from '../../scc/index.js';
import type { DownloadedFile, FailedDownload } from '../../types.js';
import type { Context, Progressing } from '../command/context.js';
import { UsageError } from '../command/usage-error.js';
import { DOWNLOAD_OPTIONS } from '../command/common-options.js';
import type { OptionSpec } from '../command/option-spec.js';
import { downloadOptions, type Transfers } from '../command/transfer.js';

/** Options of downloads as for every centre, but for what happens to files that are there. */
export const SCC_DOWNLOAD_OPTIONS: readonly OptionSpec[] = DOWNLOAD_OPTIONS.map((option) =>
  option.flags.startsWith('--overwrite')
    ? { ...option, text: 'what to do with a file that already exists; default update' }
    : option,
);

/** Chooses products by name. */
export const PRODUCTS_OPTION: OptionSpec = {
  flags: '--products <names>',
  text: `only these products (${SCC_PRODUCTS.join(', ')}, or what the measurement's page links); default all that is finished`,
  many: true,
};
export const EXTRACT_OPTION: OptionSpec = {
  flags: '--extract',
  text: 'unpack each archive into <folder>/<id>/<product>/',
};

/** Options that choose products, in the spellings of all existing tools. */
export const PRODUCT_OPTIONS: readonly OptionSpec[] = [
  PRODUCTS_OPTION,
  { flags: '--download-preprocessed', text: 'the same as --products elpp' },
  { flags: '--download-optical', text: 'the same as --products optical' },
  { flags: '--download-profile-graphs', text: 'the same as --products plots' },
  EXTRACT_OPTION,
  ...SCC_DOWNLOAD_OPTIONS,
];

/** The products that were asked for by name; `undefined`: none was. */
export function chosenProducts({ input }: Context): SccProduct[] | undefined {
  const chosen = new Set<SccProduct>(productsNamed(input.list('products') ?? []));
  if (input.flag('downloadPreprocessed')) chosen.add('elpp');
  if (input.flag('downloadOptical')) chosen.add('optical');
  if (input.flag('downloadProfileGraphs')) chosen.add('plots');
  return chosen.size === 0 ? undefined : [...chosen];
}

/** Names of products, as the user gave them. */
export function productsNamed(names: readonly string[]): SccProduct[] {
  const args = new Arguments('sdc scc');
  try {
    return names.map((name) => requireProduct(args, name, '--products'));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'unknown product');
  }
}

/** What of a measurement is to be downloaded, and where to. */
export interface ProductJob {
  readonly measurement: Measurement;
  readonly directory: string;
  /** What to take where nothing was asked for by name; default: all that is finished. */
  readonly products?: readonly SccProduct[];
}

/** Downloads the products of one measurement; whether there are any, and all that were asked for are there. */
export async function takeProducts(
  context: Context,
  scc: SCC,
  { measurement, directory, products }: ProductJob,
  transfers: Transfers,
  { onProgress }: Progressing,
): Promise<boolean> {
  const { id } = measurement;
  const before = context.outcome.failures.length;
  const named = chosenProducts(context);
  const wanted = named ?? products ?? finishedProducts(measurement);
  if (wanted.length === 0) return false;
  let files: unknown[] = [];
  try {
    const options = { ...downloadOptions(context, onProgress), products: wanted };
    const downloads = scc.downloadProducts(id, directory, { ...options, extract: context.input.flag('extract') });
    const offered = named === undefined ? withoutAbsent(context, id, downloads) : downloads;
    files = await transfers.take(offered, (product) => `${id} ${product}`);
  } catch (error) {
    context.signal.throwIfAborted();
    transfers.failed(id, error);
  }
  return files.length > 0 && context.outcome.failures.length === before;
}

type ProductDownload = DownloadedFile<SccProduct> | FailedDownload<SccProduct>;

/** What was not asked for by name and is not offered is told, and no failure; unless nothing is offered at all. */
async function* withoutAbsent(
  context: Context,
  id: string,
  downloads: AsyncIterable<ProductDownload>,
): AsyncGenerator<ProductDownload, void, undefined> {
  const absent: ProductDownload[] = [];
  let others = false;
  for await (const one of downloads) {
    if (one.status === 'failed' && isSdcError(one.error, 'not-available')) absent.push(one);
    else {
      others = true;
      yield one;
    }
  }
  if (!others && absent.length > 1) yield* absent;
  else for (const { source } of absent) context.warn(`${id}: the SCC does not offer ${source}; it is left out`);
}
