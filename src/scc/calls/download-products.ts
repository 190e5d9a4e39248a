import { isSdcError } from '../../errors.js';
import { toPath } from '../../core/files/paths.js';
import { downloadMany } from '../../core/transfer/download-many.js';
import { withToArray } from '../../core/util/results.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import type { DownloadedFile, Downloads, FailedDownload } from '../../types.js';
import type { SccOperation } from '../context.js';
import { requireMeasurementId } from '../names/ids.js';
import { requireProduct } from '../names/product.js';
import { finishedProducts } from '../processing/state.js';
import { currentness, takeOutRaw, unpackProduct } from '../transfer/product-files.js';
import { productRequest } from '../transfer/product-request.js';
import type { ProductOptions, SccProduct } from '../types.js';
import { getMeasurement } from './get-measurement.js';

type ProductDownload = DownloadedFile<SccProduct> | FailedDownload<SccProduct>;

interface Wanted {
  readonly op: SccOperation;
  readonly id: string;
  readonly folder: string;
  readonly options: ProductOptions;
}

export function downloadProducts(
  op: SccOperation,
  id: string,
  directory: string | URL,
  options: ProductOptions,
): Downloads<ProductDownload> {
  const { arguments: args, context } = op;
  const checked = requireMeasurementId(args, id);
  const folder = toPath(directory, args.label('directory'));
  const named = options.products?.map((product) => requireProduct(args, product, 'products'));
  if (named?.length === 0) throw args.invalid('products is empty; leave it out to get all finished products');
  const wanted: Wanted = { op, id: checked, folder, options };
  let count = named === undefined ? undefined : new Set(named).size;
  const onListed = (listed: number): void => {
    count = listed;
  };
  const begin = (overwrite: ProductOptions['overwrite'] = 'update'): Downloads<ProductDownload> =>
    downloadMany(op, productRequests(wanted, [...new Set(named)], onListed), {
      ...options,
      overwrite,
      onFailure: 'yield',
      total: () => count,
    });
  // Made now, so that bad options are refused at the call.
  const downloads = begin(options.overwrite);
  return withToArray(
    offered(wanted, named !== undefined, () =>
      // Files of before a change by this client are not skipped, whatever was asked for.
      options.overwrite === 'skip' && context.changed.has(checked) ? begin() : downloads,
    ),
  );
}

/**
 * Leaves out what was taken by default but is not there; other failures end the call, or are elements. Where none of several is
 * there, it is not the products that are missing: a site under maintenance answers everything with a page.
 */
async function* offered(
  { op, id, options }: Wanted,
  byName: boolean,
  begin: () => Downloads<ProductDownload>,
): AsyncGenerator<ProductDownload, void, undefined> {
  const absent: FailedDownload<SccProduct>[] = [];
  let others = false;
  for await (const one of begin()) {
    if (one.status === 'failed' && !byName && isSdcError(one.error, 'not-available')) {
      op.warn(`the SCC does not offer ${one.source} of ${id}; it is left out`);
      absent.push(one);
      continue;
    }
    if (one.status === 'failed' && options.onFailure !== 'yield') throw one.error;
    others = true;
    yield one;
  }
  const [first] = absent;
  if (others || first === undefined || absent.length === 1) return;
  if (options.onFailure !== 'yield') throw first.error;
  yield* absent;
}

async function* productRequests(
  wanted: Wanted,
  named: readonly SccProduct[],
  onListed: (count: number) => void,
): AsyncGenerator<TransferRequest<SccProduct>> {
  const { op, id, folder, options } = wanted;
  op.assertOpen();
  const products = named.length > 0 ? named : finishedProducts(await getMeasurement(op, id));
  onListed(products.length);
  const isCurrent = currentness(op, id);
  for (const product of products) {
    const request = productRequest(op, id, product, folder, named.length === 0);
    const finish =
      product === 'raw'
        ? takeOutRaw(op.init())
        : options.extract === true && (await unpackProduct(op.init(), id, product, folder));
    yield { ...request, isCurrent, ...finish };
  }
}
