import { isSdcError, ProductNotAvailable, type SdcError, type SdcErrorInit } from '../errors.js';
import { netcdfOrZipCheck, zipCheck } from '../core/transfer/checks.js';
import { downloadMany } from '../core/transfer/downloads.js';
import { openRemote } from '../core/transfer/open.js';
import type { TransferRequest } from '../core/transfer/types.js';
import type { Answer, Call } from '../core/http/call.js';
import { below, toPath } from '../core/files/paths.js';
import { requireOneOf } from '../core/validate/arguments.js';
import type { CallOptions, DownloadedFile, Downloads, FailedDownload, OpenedFile } from '../types.js';
import { findMeasurement, getMeasurement, measurementNotFound } from './api.js';
import type { SccConnection } from './connection.js';
import { PATHS, PRODUCTS, SCC_PRODUCTS } from './endpoints.js';
import { requireMeasurementId } from './ids.js';
import type { Measurement, ProductOptions, SccProduct } from './types.js';

const DOWNLOAD = 'scc.downloadProducts';

/** Downloads the products of a measurement: those named, or all that it has finished. */
export function downloadProducts(
  connection: SccConnection,
  id: string,
  directory: string | URL,
  options: ProductOptions,
  operation = DOWNLOAD,
): Downloads<DownloadedFile<SccProduct> | FailedDownload<SccProduct>> {
  const checked = requireMeasurementId(id, operation);
  const folder = toPath(directory, `${operation}: directory`);
  const named = options.products?.map((product) => requireOneOf(product, SCC_PRODUCTS, 'products', operation));
  if (named?.length === 0)
    throw new TypeError(`${operation}: products is empty; leave it out for all that is finished`);
  const requests = productRequests(connection, checked, folder, [...new Set(named)], options, operation);
  return downloadMany(connection.transport, requests, {
    ...options,
    operation,
    ...(named !== undefined && { total: new Set(named).size }),
  });
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
  requireOneOf(product, SCC_PRODUCTS, 'product', operation);
  const { check, call, open } = productRequest(connection, checked, product, '.', operation);
  return openRemote(
    connection.transport,
    { operation, call, name: PRODUCTS[product].fileName(checked), ...(check && { check }), ...(open && { open }) },
    options,
  );
}

/** What a measurement has finished; the raw file is the user's own and only sent when asked for. */
export function finishedProducts(measurement: Measurement): SccProduct[] {
  return SCC_PRODUCTS.filter(
    (product) =>
      product !== 'raw' && PRODUCTS[product].gates.some((module) => measurement.products[module].status === 'ok'),
  );
}

async function* productRequests(
  connection: SccConnection,
  id: string,
  folder: string,
  named: readonly SccProduct[],
  options: ProductOptions,
  operation: string,
): AsyncGenerator<TransferRequest<SccProduct>> {
  connection.transport.lifetime.assertOpen(operation);
  const products =
    named.length > 0 ? named : finishedProducts(await getMeasurement(connection, id, operation, options));
  for (const product of products) {
    const request = productRequest(connection, id, product, folder, operation);
    yield {
      ...request,
      ...finishing(connection.init({ operation }), product, below(folder, id, product), id, options),
    };
  }
}

/** What is done with a file that was received; the archive reader is loaded only then. */
function finishing(
  init: SdcErrorInit,
  product: SccProduct,
  target: string,
  id: string,
  options: ProductOptions,
): Pick<TransferRequest<SccProduct>, 'refine' | 'after'> {
  if (product === 'raw') {
    // Known to come as a zip around the file, or bare: either way it is `<id>.nc` in the end.
    return {
      refine: async (part, signal) => {
        const { replaceByMember } = await import('../core/transfer/replace-by-member.js');
        return replaceByMember(part, (name) => /\.(?:nc|cdf|nc4)$/iu.test(name), init, signal);
      },
    };
  }
  if (options.extract !== true) return {};
  return {
    after: async (path, signal) => {
      const { unpackZip } = await import('../core/transfer/archive.js');
      return { extracted: await unpackZip(path, target, { signal, strip: id, init }) };
    },
  };
}

function productRequest(
  connection: SccConnection,
  id: string,
  product: SccProduct,
  folder: string,
  operation: string,
): TransferRequest<SccProduct> {
  return {
    operation,
    source: product,
    call: { operation, url: PATHS.product(id, product), bulk: true, headers: { accept: '*/*' } },
    directory: folder,
    name: PRODUCTS[product].fileName(id),
    check: product === 'raw' ? netcdfOrZipCheck : zipCheck,
    open: (call) => openFile(connection, call, id, product),
  };
}

/** Opens a product; what is not there is told from what never was, and a page from a file. */
async function openFile(connection: SccConnection, call: Call, id: string, product: SccProduct): Promise<Answer> {
  try {
    return await connection.open(call);
  } catch (error) {
    // A page in its place says that it is not there; a redirect that leads nowhere says nothing of it.
    const page = isSdcError(error, 'unexpected-response') && (error.status ?? 0) < 300;
    if (!page && !isSdcError(error, 'not-found')) throw error;
    throw await explain(connection, call, id, product, error);
  }
}

async function explain(
  connection: SccConnection,
  call: Call,
  id: string,
  product: SccProduct,
  error: SdcError,
): Promise<SdcError> {
  const measurement = await findMeasurement(connection, id, call.operation, {
    ...(call.signal && { signal: call.signal }),
  });
  if (measurement === undefined) return measurementNotFound(connection, id, call.operation);
  const states = PRODUCTS[product].gates
    .map((module) => `${module} is ${measurement.products[module].status}`)
    .join(', ');
  const excerpt = error.bodyExcerpt === undefined ? {} : { bodyExcerpt: error.bodyExcerpt };
  return new ProductNotAvailable(`${id} has no ${product} file (${states}); wait for the processing, or run it again`, {
    ...connection.init(call),
    ...excerpt,
    ...(error.status !== undefined && { status: error.status }),
  });
}
