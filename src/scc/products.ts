import { isSdcError, type SdcErrorInit } from '../errors.js';
import { downloadMany, withToArray } from '../core/transfer/downloads.js';
import { archives, members } from '../core/transfer/lazy-archive.js';
import { openRemote } from '../core/transfer/open.js';
import type { ExistingFile, TransferRequest } from '../core/transfer/types.js';
import { below, toPath } from '../core/files/paths.js';
import { requireOneOf } from '../core/validate/arguments.js';
import type { CallOptions, DownloadedFile, Downloads, FailedDownload, OpenedFile } from '../types.js';
import { findChanged, getMeasurement } from './api.js';
import { isNewer } from './changes.js';
import type { SccConnection } from './connection.js';
import { productEntry } from './endpoints.js';
import { requireMeasurementId } from './ids.js';
import { archivedNames, removeLeftovers } from './leftovers.js';
import { requireProduct } from './product-name.js';
import { productRequest } from './product-request.js';
import { finishedProducts } from './progress.js';
import type { ProductOptions, SccProduct } from './types.js';

const DOWNLOAD = 'scc.downloadProducts';

type ProductDownload = DownloadedFile<SccProduct> | FailedDownload<SccProduct>;

/** What the requests of one call share. */
interface Wanted {
  readonly connection: SccConnection;
  readonly id: string;
  readonly folder: string;
  readonly options: ProductOptions;
  readonly operation: string;
}

/** Downloads the products of a measurement: those named, or all that it has finished and the site offers. */
export function downloadProducts(
  connection: SccConnection,
  id: string,
  directory: string | URL,
  options: ProductOptions,
  operation = DOWNLOAD,
): Downloads<ProductDownload> {
  const checked = requireMeasurementId(id, operation);
  const folder = toPath(directory, `${operation}: directory`);
  const named = options.products?.map((product) => requireProduct(product, 'products', operation));
  if (named?.length === 0)
    throw new TypeError(`${operation}: products is empty; leave it out for all that is finished`);
  requireOneOf(options.onFailure ?? 'throw', ['throw', 'yield'] as const, 'onFailure', operation);
  const wanted: Wanted = { connection, id: checked, folder, options, operation };
  let count = named === undefined ? undefined : new Set(named).size;
  const onListed = (listed: number): void => {
    count = listed;
  };
  const begin = (overwrite: ProductOptions['overwrite'] = 'update'): Downloads<ProductDownload> =>
    downloadMany(connection.transport, productRequests(wanted, [...new Set(named)], onListed), {
      ...options,
      overwrite,
      onFailure: 'yield',
      operation,
      total: () => count,
    });
  // Made now, so that bad options are refused at the call.
  const downloads = begin(options.overwrite);
  return withToArray(
    offered(wanted, named !== undefined, () =>
      // Files of before a change by this client are not skipped, whatever was asked for.
      options.overwrite === 'skip' && connection.changes.has(checked) ? begin() : downloads,
    ),
  );
}

/**
 * Leaves out what was taken by default but is not there; other failures end the call, or are elements. Where none of several is
 * there, it is not the products that are missing: a site under maintenance answers everything with a page.
 */
async function* offered(
  { connection, id, options, operation }: Wanted,
  byName: boolean,
  begin: () => Downloads<ProductDownload>,
): AsyncGenerator<ProductDownload, void, undefined> {
  const absent: FailedDownload<SccProduct>[] = [];
  let others = false;
  for await (const one of begin()) {
    if (one.status === 'failed' && !byName && isSdcError(one.error, 'not-available')) {
      connection.transport.log.warn(`${operation}: the SCC does not offer ${one.source} of ${id}, it is left out`);
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
  connection: SccConnection,
  id: string,
  product: SccProduct,
  options: CallOptions,
): Promise<OpenedFile> {
  const operation = 'scc.openProduct';
  const checked = requireMeasurementId(id, operation);
  requireProduct(product, 'product', operation);
  const { check, call, open } = productRequest(connection, checked, product, '.', operation);
  return openRemote(
    connection.transport,
    { operation, call, name: productEntry(product).fileName(checked), ...(check && { check }), ...(open && { open }) },
    options,
  );
}

async function* productRequests(
  wanted: Wanted,
  named: readonly SccProduct[],
  onListed: (count: number) => void,
): AsyncGenerator<TransferRequest<SccProduct>> {
  const { connection, id, folder, options, operation } = wanted;
  connection.transport.lifetime.assertOpen(operation);
  const products =
    named.length > 0 ? named : finishedProducts(await getMeasurement(connection, id, operation, options));
  onListed(products.length);
  const isCurrent = currentness(wanted);
  for (const product of products) {
    const request = productRequest(connection, id, product, folder, operation, named.length === 0);
    const archive = below(folder, productEntry(product).fileName(id));
    const finish = await finishing(connection.init({ operation }), product, archive, wanted);
    yield { ...request, isCurrent, ...finish };
  }
}

/** Whether a file that is there holds the products of now; the SCC is asked once, and only where there is one. */
function currentness({ connection, id, options, operation }: Wanted): (existing: ExistingFile) => Promise<boolean> {
  let asked: ReturnType<typeof findChanged> | undefined;
  return async ({ modifiedAt }) => {
    if (connection.changes.has(id)) return false;
    asked ??= findChanged(connection, id, operation, options);
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
