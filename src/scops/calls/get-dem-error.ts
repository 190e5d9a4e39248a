import type { ScopsOperation } from '../context.js';
import { readDemReason } from '../pages/status-page.js';
import { fetchPage } from '../pages/read-page.js';
import { demErrorPage } from '../routes.js';
import { fetchProducts } from '../status/fetch.js';
import type { DemError } from '../types.js';

const ADVICE =
  'If SCOPS mailed that the DEM is too small, send one that covers all lines, once. Choosing aster or srtm on the page would use the bad DEM again without a check. Without that mail, the order may simply not have started yet.';

/**
 * What the DEM error page says; `undefined` for an order that has products, since the page says the same of every id.
 */
export async function getDemError(op: ScopsOperation, processingId: string): Promise<DemError | undefined> {
  const products = await fetchProducts(op, processingId);
  if (products.length > 0) return undefined;
  const page = await fetchPage(op, demErrorPage(op, processingId), 'the DEM error page');
  return { processingId, reason: readDemReason(page, processingId), advice: ADVICE };
}
