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
import { productRoute, measurementRoute } from '../routes.js';
import { openFile, fileCall } from '../site/open-file.js';
import type { SccProduct } from '../types.js';
import { readProductLinks } from '../pages/measurement-page.js';
import { getPage } from '../site/get-page.js';

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
      // The page may be one of a short maintenance: only a second one means that there is no such product.
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
  const advice = isKnownProduct(product)
    ? `(${states.join(', ')}); wait for the processing, or rerun it`
    : `(${offered})`;
  return new ProductNotAvailable(`${id} has no ${product} file ${advice}`, {
    ...op.init(call),
    bodyExcerpt: error.bodyExcerpt,
    status: error.status,
  });
}

/** What a measurement's page offers for download. */
export interface LinkedProducts {
  readonly names: readonly string[];
  /** The address of a product, by its name in the address or on the page, whatever case and hyphens they are written with. */
  readonly find: (product: string) => URL | undefined;
}

/** Reads the page of a measurement; one that cannot be read offers nothing. */
async function linkedProducts(op: SccOperation, id: string): Promise<LinkedProducts> {
  const page = await getPage(op, { url: measurementRoute(id) });
  const links = page.status === 200 ? await readProductLinks(page.text, page.url, id) : [];
  return {
    names: links.map(({ name }) => name),
    find: (product) => {
      const wanted = plain(product);
      const found =
        links.find(({ name }) => plain(name) === wanted) ?? links.find(({ text }) => plain(text) === wanted);
      return found?.url;
    },
  };
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/gu, '');
}
