import { isSdcError, ProductNotAvailable, type SdcError } from '../../errors.js';
import { netcdfOrZipCheck, zipCheck } from '../../core/transfer/body/checks.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import type { HttpRequest } from '../../core/http/request.js';
import type { HttpResponse } from '../../core/http/response.js';
import { findMeasurement } from '../calls/find-measurement.js';
import { productEntry } from '../centre.js';
import type { SccOperation } from '../context.js';
import { isPageInstead, measurementNotFound } from '../errors.js';
import { isKnownProduct, productFileName } from '../names/product.js';
import { productRoute } from '../routes.js';
import { openFile } from '../site/open-file.js';
import type { SccProduct } from '../types.js';
import { fileCall } from './file-call.js';
import { linkedProducts } from './product-links.js';

/** What fetching one product takes, whether it is saved or streamed. */
export function productRequest(
  op: SccOperation,
  id: string,
  product: SccProduct,
  folder: string,
  /** Not asked for by name: where it is not there it is left out, so that must be sure. */
  byDefault = false,
): TransferRequest<SccProduct> {
  return {
    source: product,
    call: fileCall(op, productRoute(id, product)),
    directory: folder,
    name: productFileName(product, id),
    check: product === 'raw' ? netcdfOrZipCheck : zipCheck,
    open: (call) => openProductFile(op, call, id, product, byDefault),
  };
}

/** Opens a product; distinguishes what is not there from what never was, and a page from a file. */
async function openProductFile(
  op: SccOperation,
  call: HttpRequest,
  id: string,
  product: SccProduct,
  byDefault: boolean,
): Promise<HttpResponse> {
  // Only the measurement's page knows where products of newer chains are.
  const linked = isKnownProduct(product) ? undefined : await linkedProducts(op.with({ signal: call.signal }), id);
  const url = linked?.find(product);
  const open = (): Promise<HttpResponse> => openFile(op, url === undefined ? call : { ...call, url });
  try {
    return await open().catch((error: unknown) => {
      // The page may be that of a moment's maintenance: only one that comes twice means that there is no such product.
      if (byDefault && isPageInstead(error)) return open();
      throw error;
    });
  } catch (error) {
    if (!isPageInstead(error) && !isSdcError(error, 'not-found')) throw error;
    throw await explain(op, call, id, product, error, linked?.names);
  }
}

async function explain(
  op: SccOperation,
  call: HttpRequest,
  id: string,
  product: SccProduct,
  error: SdcError,
  linked: readonly string[] = [],
): Promise<SdcError> {
  const measurement = await findMeasurement(op.with({ signal: call.signal }), id);
  if (measurement === undefined) return measurementNotFound(op, id);
  const states = productEntry(product).gates.map((module) => `${module} is ${measurement.products[module].status}`);
  const offered = `its page links ${linked.join(', ') || 'none'}`;
  const excerpt = error.bodyExcerpt === undefined ? {} : { bodyExcerpt: error.bodyExcerpt };
  const advice = isKnownProduct(product)
    ? `(${states.join(', ')}); wait for the processing, or run it again`
    : `(${offered})`;
  return new ProductNotAvailable(`${id} has no ${product} file ${advice}`, {
    ...op.init(call),
    ...excerpt,
    ...(error.status !== undefined && { status: error.status }),
  });
}
