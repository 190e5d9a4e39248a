import type { ScopsOperation } from '../context.js';
import { fetchDetails, fetchProducts } from '../status/fetch.js';
import { SECOND_CHECK_MS, settledStatus } from '../status/tracker.js';
import { summarise } from '../status/summary.js';
import type { ScopsStatus } from '../types.js';

/** Reads the status of an order: its products, and its details once. An end is reported only after a second check. */
export async function getStatus(
  op: ScopsOperation,
  processingId: string,
  pauseMs = SECOND_CHECK_MS,
): Promise<ScopsStatus> {
  const read = async (): Promise<ScopsStatus> => summarise(processingId, await fetchProducts(op, processingId));
  const { products } = await settledStatus(read, pauseMs, op.signal);
  return summarise(processingId, products, await fetchDetails(op, processingId));
}
