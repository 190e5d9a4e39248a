import { Arguments } from '../../core/operation/arguments.js';
import type { Call } from '../../core/http/call.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { multipartBody } from '../../core/transfer/multipart.js';
import { FlightNotFound, JobNotFound, PageNotAccessible, RejectedError, UnexpectedResponse } from '../../errors.js';
import type { CallOptions } from '../../types.js';
import { callOptions, fetchPage, projectQuery, type ScopsContext } from '../context.js';
import { requireProcessingId } from '../ids.js';
import { demParts, demUploadOf, requireMeeting, type DemUpload } from '../order/dem.js';
import { readDemReason } from '../pages/dem-error-page.js';
import type { DemError, DemFile, ReuploadDemOptions } from '../types.js';
import { fetchFlight } from './get-flight.js';
import { lookAtFolder } from './folder.js';
import { fetchProducts } from './status.js';
import { spacedWork } from './spaced-work.js';

const ADVICE =
  'If SCOPS mailed that the DEM is too small, send one that covers all lines, once. Choosing aster or srtm on the page would use the bad DEM again without a check. Without that mail the order may just not have begun.';

/**
 * What the DEM error page says; `undefined` for an order that has products, since the page says the same of every id.
 */
export async function fetchDemError(
  context: ScopsContext,
  processingId: string,
  operation: string,
  options: CallOptions,
): Promise<DemError | undefined> {
  const products = await fetchProducts(context, processingId, operation, options);
  if (products.length > 0) return undefined;
  const call = { operation, url: `dem_error/${processingId}`, query: projectQuery(context), ...callOptions(options) };
  const reason = readDemReason(await fetchPage(context, call, 'the DEM error page'), processingId);
  return { processingId, reason, advice: ADVICE };
}

/**
 * Sends a new DEM for an order in DEM error. It starts the order whatever its state (pitfalls 2 and 5), so it is refused for
 * an order with products, and a second time.
 */
export async function sendDem(
  context: ScopsContext,
  processingId: string,
  dem: DemFile,
  operation: string,
  options: ReuploadDemOptions,
  delivery: Delivery,
): Promise<void> {
  requireProcessingId(new Arguments(operation), processingId, context.project);
  const checked = await demUploadOf(new Arguments(operation), dem);
  const { transport, memory } = context;
  await spacedWork.run(`dem ${transport.baseUrl.href} ${processingId}`, 0, options.signal, async () => {
    if (memory.reuploaded.has(processingId) && options.again !== true)
      throw refused(context, operation, `a DEM was sent for ${processingId} already; option again sends another`);
    const products = await fetchProducts(context, processingId, operation, options);
    if (products.length > 0)
      throw refused(
        context,
        operation,
        `${processingId} has products, so it is not in DEM error; a new DEM would start it again`,
      );
    await requireFolder(context, processingId, operation, options);
    await requirePlace(context, processingId, checked, operation, options);
    const call: Call = {
      operation,
      method: 'POST',
      url: 'dem_error/upload',
      query: projectQuery(context),
      body: await multipartBody(
        [
          { name: 'proj', value: processingId },
          { name: 'project', value: context.project },
          { name: 'optionsDemRadios', value: 'upload' },
          { name: 'optionsDemUploadRadios', value: 'hdr_true' },
          ...demParts(checked),
        ],
        options.onProgress,
        { operation },
      ),
      bulk: true,
      redirect: 'manual',
      delivery,
      mapError: ({ status, init }) =>
        status < 500
          ? undefined
          : new PageNotAccessible(
              `SCOPS failed at the new DEM (${status}); write to the operators before sending it again`,
              {
                ...init,
                retryable: false,
              },
            ),
      ...callOptions(options),
    };
    memory.reuploaded.add(processingId);
    const { page, init } = await fetchPage(context, call, 'the answer to the new DEM');
    if (!/successfully amended/iu.test(page.text))
      throw new UnexpectedResponse('the answer to the new DEM does not say that the order is amended', init);
    memory.details.delete(processingId);
  });
}

/** The DEM against the flight of the order, where its request page is still there. */
async function requirePlace(
  context: ScopsContext,
  processingId: string,
  dem: DemUpload,
  operation: string,
  options: CallOptions,
): Promise<void> {
  const { year, day, sortie } = requireProcessingId(new Arguments(operation), processingId, context.project);
  try {
    const flight = await fetchFlight(
      context,
      { year, day, ...(sortie !== undefined && { sortie }) },
      operation,
      options,
    );
    requireMeeting(new Arguments(operation), dem, flight.bounds);
  } catch (error) {
    if (!(error instanceof FlightNotFound)) throw error;
  }
}

/** The page takes any id at all, so the folder is proved first. */
async function requireFolder(
  context: ScopsContext,
  processingId: string,
  operation: string,
  options: CallOptions,
): Promise<void> {
  const { state } = await lookAtFolder(context, processingId, operation, options);
  if (state === 'absent')
    throw new JobNotFound(`SCOPS knows no job ${processingId}`, {
      ...context.transport.init({ operation }),
      jobId: processingId,
    });
  if (state === 'archive')
    throw refused(context, operation, `${processingId} is finished; a new DEM would start it again`);
}

function refused({ transport }: ScopsContext, operation: string, message: string): RejectedError {
  return new RejectedError(message, { ...transport.init({ operation }), messages: [message] });
}
