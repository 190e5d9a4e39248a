import { openRemote } from '../../core/transfer/open.js';
import type { CallOptions, OpenedFile } from '../../types.js';
import type { ScopsOperation } from '../context.js';
import { requireProductName } from '../names/products.js';
import { planArchives, productRequest, projectRequest } from '../transfer/archives.js';

export async function open(
  op: ScopsOperation,
  processingId: string,
  product: string,
  options: CallOptions,
): Promise<OpenedFile> {
  const name = requireProductName(op.arguments, product);
  const plan = planArchives(op, processingId);
  const request = name === 'project' ? projectRequest(plan) : productRequest(plan, name);
  return openRemote(op, request, options);
}
