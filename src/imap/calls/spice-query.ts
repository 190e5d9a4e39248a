import type { ImapOperation } from '../context.js';
import { queryKernels } from '../query/kernels.js';
import type { SpiceFile, SpiceQuery } from '../types.js';

/** `ImapClient.spiceQuery`. */
export async function spiceQuery(op: ImapOperation, query: SpiceQuery): Promise<SpiceFile[]> {
  return queryKernels(op, query);
}
