import { UnexpectedResponse } from '../../errors.js';
import type { ScopsOperation } from '../context.js';
import { refusedOrderPage } from '../errors.js';
import { requireConfigName } from '../names/ids.js';
import * as routes from '../routes.js';
import { sourceOf } from './band-math-page.js';
import { fetchPage, type FetchedPage } from './read-page.js';

/**
 * Fetches the band-maths page of an order: the only read-only proof that it exists (protocol notes, section 6). Asking
 * `/confirm` instead would create a file that stops the scheduler (pitfall 3).
 *
 * @throws {@link JobNotFound} when the server fails at it (500), which is its way of saying that it knows no such order.
 */
export async function fetchOrderPage(op: ScopsOperation, configName: string): Promise<FetchedPage> {
  requireConfigName(op.arguments, configName, op.context.project);
  const request = {
    ...routes.orderPage(op, configName),
    mapError: refusedOrderPage(op.context.project, configName),
  };
  const read = await fetchPage(op, request, 'the band-maths page');
  if (sourceOf(read.page) !== configName)
    throw new UnexpectedResponse(
      `the band-maths page does not name the order ${configName} (input[name="source"]); is baseUrl the SCOPS site?`,
      read.init,
    );
  return read;
}
