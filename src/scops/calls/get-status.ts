import type { ScopsOperation } from '../context.js';
import { fetchDetails, fetchProducts } from '../status/fetch.js';
import { SECOND_LOOK_MS, settledStatus } from '../status/settled.js';
import { summarise } from '../status/summary.js';
import type { ScopsStatus } from '../types.js';

/** Reads the status of an order: its products, and its details once. An end is reported after a second look only. */
export async function getStatus(
  op: ScopsOperation,
  processingId: string,
  pauseMs = SECOND_LOOK_MS,
): Promise<ScopsStatus> {
  const read = async (): Promise<ScopsStatus> => summarise(processingId, await fetchProducts(op, processingId));
  const { products } = await settledStatus(read, pauseMs, op.signal);
  return summarise(processingId, products, await fetchDetails(op, processingId));
}
