import { openRemote } from '../../core/transfer/open.js';
import type { OpenedFile } from '../../types.js';
import type { SccOperation } from '../context.js';
import { requireMeasurementId } from '../names/ids.js';
import { requireProduct } from '../names/product.js';
import { productRequest } from '../transfer/product-request.js';
import type { SccProduct } from '../types.js';

export async function openProduct(op: SccOperation, id: string, product: SccProduct): Promise<OpenedFile> {
  const checked = requireMeasurementId(op.arguments, id);
  requireProduct(op.arguments, product, 'product');
  return openRemote(op, productRequest(op, checked, product, '.'));
}
