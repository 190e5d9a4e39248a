import { isSdcError, JobNotFound, UnexpectedResponse } from '../../errors.js';
import { fetchPage, projectQuery, type FetchedPage, type ScopsOperation } from '../context.js';
import { requireConfigName } from '../names/ids.js';
import { sourceOf } from './band-math-page.js';

/**
 * Fetches the band-maths page of an order: the only read-only proof that it exists (protocol notes, section 6). Asking
 * `/confirm` instead would create a file that stops the scheduler (pitfall 3).
 *
 * @throws {@link JobNotFound} when the server fails at it (500), which is its way of saying that it knows no such order.
 */
export async function fetchOrderPage(op: ScopsOperation, configName: string): Promise<FetchedPage> {
  const read = await fetchPage(
    op,
    {
      url: `bandratio/${configName}`,
      query: projectQuery(op),
      mapError: ({ status, init }) =>
        status === 500
          ? new JobNotFound(
              `SCOPS knows no order ${configName} of ${op.context.project}, or fails to show it; check the config name`,
              { ...init, jobId: configName },
            )
          : undefined,
    },
    'the band-maths page',
  );
  if (sourceOf(read.page) !== configName)
    throw new UnexpectedResponse(
      `the band-maths page does not name the order ${configName} (input[name="source"]); is baseUrl the SCOPS site?`,
      read.init,
    );
  return read;
}

/** Whether an order exists. */
export async function orderExists(op: ScopsOperation, configName: string): Promise<boolean> {
  requireConfigName(op.arguments, configName, op.context.project);
  try {
    await fetchOrderPage(op, configName);
    return true;
  } catch (error) {
    if (isSdcError(error) && error instanceof JobNotFound) return false;
    throw error;
  }
}
