import type { Delivery } from '../../core/operation/delivery.js';
import type { OwnRequest } from '../../core/operation/operation.js';
import { multipartBody } from '../../core/transfer/multipart.js';
import { FlightNotFound, JobNotFound, PageNotAccessible, RejectedError, UnexpectedResponse } from '../../errors.js';
import { fetchPage, projectQuery, type ScopsOperation } from '../context.js';
import { requireProcessingId } from '../names/ids.js';
import { demParts, demUploadOf, requireMeeting, type DemUpload } from '../order/dem.js';
import { readDemReason } from '../pages/dem-error-page.js';
import type { DemError, DemFile, ReuploadDemOptions } from '../types.js';
import { getFlight } from './get-flight.js';
import { lookAtFolder } from '../status/folder.js';
import { fetchProducts } from '../status/fetch.js';
import { spacedWork } from '../order/spacing.js';

const ADVICE =
  'If SCOPS mailed that the DEM is too small, send one that covers all lines, once. Choosing aster or srtm on the page would use the bad DEM again without a check. Without that mail the order may just not have begun.';

/**
 * What the DEM error page says; `undefined` for an order that has products, since the page says the same of every id.
 */
export async function getDemError(op: ScopsOperation, processingId: string): Promise<DemError | undefined> {
  const products = await fetchProducts(op, processingId);
  if (products.length > 0) return undefined;
  const request = { url: `dem_error/${processingId}`, query: projectQuery(op) };
  const reason = readDemReason(await fetchPage(op, request, 'the DEM error page'), processingId);
  return { processingId, reason, advice: ADVICE };
}

/**
 * Sends a new DEM for an order in DEM error. It starts the order whatever its state (pitfalls 2 and 5), so it is refused for
 * an order with products, and a second time.
 */
export async function reuploadDem(
  op: ScopsOperation,
  processingId: string,
  dem: DemFile,
  options: ReuploadDemOptions,
  delivery: Delivery,
): Promise<void> {
  const { project, memory } = op.context;
  requireProcessingId(op.arguments, processingId, project);
  const checked = await demUploadOf(op.arguments, dem);
  await spacedWork.run(`dem ${op.http.baseUrl.href} ${processingId}`, 0, op.signal, async () => {
    if (memory.reuploaded.has(processingId) && options.again !== true)
      throw refused(op, `a DEM was sent for ${processingId} already; option again sends another`);
    const products = await fetchProducts(op, processingId);
    if (products.length > 0)
      throw refused(op, `${processingId} has products, so it is not in DEM error; a new DEM would start it again`);
    await requireFolder(op, processingId);
    await requirePlace(op, processingId, checked);
    const request: OwnRequest = {
      method: 'POST',
      url: 'dem_error/upload',
      query: projectQuery(op),
      body: await multipartBody(
        [
          { name: 'proj', value: processingId },
          { name: 'project', value: project },
          { name: 'optionsDemRadios', value: 'upload' },
          { name: 'optionsDemUploadRadios', value: 'hdr_true' },
          ...demParts(checked),
        ],
        options.onProgress,
        { operation: op.name },
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
    };
    memory.reuploaded.add(processingId);
    const { page, init } = await fetchPage(op, request, 'the answer to the new DEM');
    if (!/successfully amended/iu.test(page.text))
      throw new UnexpectedResponse('the answer to the new DEM does not say that the order is amended', init);
    memory.details.delete(processingId);
  });
}

/** The DEM against the flight of the order, where its request page is still there. */
async function requirePlace(op: ScopsOperation, processingId: string, dem: DemUpload): Promise<void> {
  const { year, day, sortie } = requireProcessingId(op.arguments, processingId, op.context.project);
  try {
    const flight = await getFlight(op, { year, day, ...(sortie !== undefined && { sortie }) });
    requireMeeting(op.arguments, dem, flight.bounds);
  } catch (error) {
    if (!(error instanceof FlightNotFound)) throw error;
  }
}

/** The page takes any id at all, so the folder is proved first. */
async function requireFolder(op: ScopsOperation, processingId: string): Promise<void> {
  const { state } = await lookAtFolder(op, processingId);
  if (state === 'absent')
    throw new JobNotFound(`SCOPS knows no job ${processingId}`, { ...op.init(), jobId: processingId });
  if (state === 'archive') throw refused(op, `${processingId} is finished; a new DEM would start it again`);
}

function refused(op: ScopsOperation, message: string): RejectedError {
  return new RejectedError(message, { ...op.init(), messages: [message] });
}
