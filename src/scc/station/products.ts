import { isSdcError } from '../../errors.js';
import { downloadProducts } from '../calls/download-products.js';
import { finishedProducts } from '../processing/state.js';
import type { Measurement, SccProduct } from '../types.js';
import type { Station } from './plan.js';

/** So often a product that the SCC says it has finished, but does not offer, is asked for. */
const MOST_ATTEMPTS = 5;

/** How the products of a measurement came. */
export interface Fetched {
  readonly files: number;
  /** What cannot be had at all. */
  readonly lacking: readonly Error[];
}

/**
 * Fetches the products of a measurement whose processing has ended.
 *
 * @throws the first failure that may pass; what came until then is kept.
 */
export async function fetchProducts(
  { op, plan, downloads, signal }: Station,
  measurement: Measurement,
  attempt: number,
): Promise<Fetched> {
  const finished = finishedProducts(measurement);
  if (plan.products === undefined && finished.length === 0) return { files: 0, lacking: [] };
  const { products, extract, concurrency } = plan;
  const isLacking = (product: SccProduct, error: Error): boolean =>
    isSdcError(error, 'not-available') && (!finished.includes(product) || attempt >= MOST_ATTEMPTS);
  const release = await downloads.acquire(signal);
  try {
    const options = {
      ...(products && { products }),
      ...(extract !== undefined && { extract }),
      ...(concurrency !== undefined && { concurrency }),
      signal,
    };
    let files = 0;
    let passing: Error | undefined;
    const lacking: Error[] = [];
    for await (const one of downloadProducts(op, measurement.id, plan.directory, { ...options, onFailure: 'yield' })) {
      if (one.status !== 'failed') files += 1;
      else if (isLacking(one.source, one.error)) lacking.push(one.error);
      else passing ??= one.error;
    }
    if (passing !== undefined) throw passing;
    return { files, lacking };
  } finally {
    release();
  }
}
