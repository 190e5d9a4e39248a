import { isSdcError, type SdcErrorInit } from '../../errors.js';
import { downloadMany, withToArray } from '../../core/transfer/downloads.js';
import { archives, members } from '../../core/transfer/lazy-archive.js';
import { openRemote } from '../../core/transfer/open.js';
import type { ExistingFile, TransferRequest } from '../../core/transfer/types.js';
import { below, toPath } from '../../core/files/paths.js';
import type { CallOptions, DownloadedFile, Downloads, FailedDownload, OpenedFile } from '../../types.js';
import { findChanged, getMeasurement } from '../measurements/read.js';
import { isNewer } from '../processing/changes.js';
import type { SccOperation } from '../context.js';
import { productEntry } from '../routes.js';
import { requireMeasurementId } from '../names/ids.js';
import { archivedNames, removeLeftovers } from '../transfer/leftovers.js';
import { requireProduct } from '../names/product.js';
import { productRequest } from '../transfer/product-request.js';
import { finishedProducts } from '../processing/state.js';
import type { ProductOptions, SccProduct } from '../types.js';

type ProductDownload = DownloadedFile<SccProduct> | FailedDownload<SccProduct>;

/** What the requests of one call share. */
interface Wanted {
  readonly op: SccOperation;
  readonly id: string;
  readonly folder: string;
  readonly options: ProductOptions;
}

/** Downloads the products of a measurement: those named, or all that it has finished and the site offers. */
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
  if (named?.length === 0) throw args.invalid('products is empty; leave it out for all that is finished');
  const wanted: Wanted = { op, id: checked, folder, options };
  let count = named === undefined ? undefined : new Set(named).size;
  const onListed = (listed: number): void => {
    count = listed;
  };
  const begin = (overwrite: ProductOptions['overwrite'] = 'update'): Downloads<ProductDownload> =>
    downloadMany(op.http, productRequests(wanted, [...new Set(named)], onListed), {
      ...options,
      overwrite,
      onFailure: 'yield',
      operation: op.name,
      total: () => count,
    });
  // Made now, so that bad options are refused at the call.
  const downloads = begin(options.overwrite);
  return withToArray(
    offered(wanted, named !== undefined, () =>
      // Files of before a change by this client are not skipped, whatever was asked for.
      options.overwrite === 'skip' && context.changes.has(checked) ? begin() : downloads,
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
      op.warn(`the SCC does not offer ${one.source} of ${id}, it is left out`);
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

/** A product as a stream, checked by its first bytes. */
export async function openProduct(
  op: SccOperation,
  id: string,
  product: SccProduct,
  options: CallOptions,
): Promise<OpenedFile> {
  const checked = requireMeasurementId(op.arguments, id);
  requireProduct(op.arguments, product, 'product');
  const { operation, check, call, open } = productRequest(op, checked, product, '.');
  return openRemote(
    op.http,
    { operation, call, name: productEntry(product).fileName(checked), ...(check && { check }), ...(open && { open }) },
    options,
  );
}

async function* productRequests(
  wanted: Wanted,
  named: readonly SccProduct[],
  onListed: (count: number) => void,
): AsyncGenerator<TransferRequest<SccProduct>> {
  const { op, id, folder } = wanted;
  op.assertOpen();
  const products = named.length > 0 ? named : finishedProducts(await getMeasurement(op, id));
  onListed(products.length);
  const isCurrent = currentness(wanted);
  for (const product of products) {
    const request = productRequest(op, id, product, folder, named.length === 0);
    const archive = below(folder, productEntry(product).fileName(id));
    const finish = await finishing(op.init(), product, archive, wanted);
    yield { ...request, isCurrent, ...finish };
  }
}

/** Whether a file that is there holds the products of now; the SCC is asked once, and only where there is one. */
function currentness({ op, id }: Wanted): (existing: ExistingFile) => Promise<boolean> {
  let asked: ReturnType<typeof findChanged> | undefined;
  return async ({ modifiedAt }) => {
    if (op.context.changes.has(id)) return false;
    asked ??= findChanged(op, id);
    const found = await asked;
    return found !== undefined && isNewer(modifiedAt, found);
  };
}

/** What is done with a file that was received. */
async function finishing(
  init: SdcErrorInit,
  product: SccProduct,
  archive: string,
  { id, folder, options }: Wanted,
): Promise<Pick<TransferRequest<SccProduct>, 'load' | 'refine' | 'after'>> {
  if (product === 'raw') {
    // Known to come as a zip around the file, or bare: either way it is `<id>.nc` in the end.
    return {
      load: members,
      refine: async (part, signal) => {
        const { replaceByMember } = await members(init);
        return replaceByMember(part, (name) => /\.(?:nc|cdf|nc4)$/iu.test(name), init, signal);
      },
    };
  }
  if (options.extract !== true) return {};
  // Read now: later the new archive stands in its place.
  const earlier = await archivedNames(archive, init);
  const target = below(folder, id, product);
  return {
    load: archives,
    after: async (path, signal) => {
      const { unpackZip } = await archives(init);
      const extracted = await unpackZip(path, target, { signal, strip: id, init });
      await removeLeftovers(target, id, extracted, earlier);
      return { extracted };
    },
  };
}
