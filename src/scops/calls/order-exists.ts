import { JobNotFound } from '../../errors.js';
import type { ScopsOperation } from '../context.js';
import { fetchOrderPage } from '../pages/order-page.js';

export async function orderExists(op: ScopsOperation, configName: string): Promise<boolean> {
  try {
    await fetchOrderPage(op, configName);
    return true;
  } catch (error) {
    if (error instanceof JobNotFound) return false;
    throw error;
  }
}
