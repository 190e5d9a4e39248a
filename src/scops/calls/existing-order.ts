import { isSdcError, JobNotFound, UnexpectedResponse } from '../../errors.js';
import type { CallOptions } from '../../types.js';
import { callOptions, fetchPage, projectQuery, type FetchedPage, type ScopsContext } from '../context.js';
import { sourceOf } from '../pages/band-math-page.js';

/**
 * Fetches the band-maths page of an order: the only read-only proof that it exists (protocol notes, section 6). Asking
 * `/confirm` instead would create a file that stops the scheduler (pitfall 3).
 *
 * @throws {@link JobNotFound} when the server fails at it (500), which is its way of saying that it knows no such order.
 */
export async function fetchOrderPage(
  context: ScopsContext,
  configName: string,
  operation: string,
  options: CallOptions,
): Promise<FetchedPage> {
  const call = { operation, url: `bandratio/${configName}`, query: projectQuery(context), ...callOptions(options) };
  const read = await fetchPage(
    context,
    {
      ...call,
      mapError: ({ status, init }) =>
        status === 500
          ? new JobNotFound(
              `SCOPS knows no order ${configName} of ${context.project}, or fails to show it; check the config name`,
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
export async function orderIsThere(
  context: ScopsContext,
  configName: string,
  operation: string,
  options: CallOptions,
): Promise<boolean> {
  try {
    await fetchOrderPage(context, configName, operation, options);
    return true;
  } catch (error) {
    if (isSdcError(error) && error instanceof JobNotFound) return false;
    throw error;
  }
}
