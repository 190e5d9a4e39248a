import type { ScopsOperation } from '../context.js';
import { readBandMathPage } from '../pages/band-math-page.js';
import { fetchOrderPage } from '../pages/order-page.js';
import type { BandMathForm } from '../types.js';

/** Reads the band-maths page of an order (protocol notes 7.1). */
export async function getBandMath(op: ScopsOperation, configName: string): Promise<BandMathForm> {
  return readBandMathPage(await fetchOrderPage(op, configName));
}
