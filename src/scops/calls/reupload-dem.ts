import type { Delivery } from '../../core/operation/delivery.js';
import { JobNotFound, RejectedError, UnexpectedResponse } from '../../errors.js';
import { spaced } from '../clock/server-clock.js';
import type { ScopsOperation } from '../context.js';
import { refusedDem, says } from '../errors.js';
import { requireProcessingId } from '../names/ids.js';
import { demParts, demUploadOf, requireOverlap, type DemUpload } from '../order/dem.js';
import { fetchPage } from '../pages/read-page.js';
import { demUploads } from '../routes.js';
import { fetchProducts, checkFolder } from '../status/fetch.js';
import { formRequest } from '../transfer/form.js';
import type { DemFile, ReuploadDemOptions } from '../types.js';
import { flightIfThere } from './get-flight.js';

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
  await spaced(op, `dem ${processingId}`, 0, async () => {
    if (memory.reuploaded.has(processingId) && options.again !== true)
      throw refused(op, `a DEM was already sent for ${processingId}; use option again to send another one`);
    const products = await fetchProducts(op, processingId);
    if (products.length > 0)
      throw refused(op, `${processingId} has products, so it is not in DEM error; a new DEM would start it over`);
    await requireFolder(op, processingId);
    await requirePlace(op, processingId, checked);
    const parts = [
      { name: 'proj', value: processingId },
      { name: 'project', value: project },
      { name: 'optionsDemRadios', value: 'upload' },
      { name: 'optionsDemUploadRadios', value: 'hdr_true' },
      ...demParts(checked),
    ];
    const { onProgress } = options;
    const request = await formRequest(op, demUploads(op), parts, { delivery, mapError: refusedDem, onProgress });
    memory.reuploaded.set(processingId, true);
    const { page, init } = await fetchPage(op, request, 'the answer to the new DEM');
    if (!says(page.text, 'amended'))
      throw new UnexpectedResponse('the answer to the new DEM does not say that the order is amended', init);
    memory.details.delete(processingId);
  });
}

/** The DEM against the flight of the order, where its request page is still there. */
async function requirePlace(op: ScopsOperation, processingId: string, dem: DemUpload): Promise<void> {
  const flight = await flightIfThere(op, requireProcessingId(op.arguments, processingId, op.context.project));
  if (flight !== undefined) requireOverlap(op.arguments, dem, flight.bounds);
}

/** The page takes any id at all, so the folder is proved first. */
async function requireFolder(op: ScopsOperation, processingId: string): Promise<void> {
  const { state } = await checkFolder(op, processingId);
  if (state === 'absent')
    throw new JobNotFound(`SCOPS has no job ${processingId}`, { ...op.init(), jobId: processingId });
  if (state === 'archive') throw refused(op, `${processingId} is finished; a new DEM would start it over`);
}

function refused(op: ScopsOperation, message: string): RejectedError {
  return new RejectedError(message, { ...op.init(), messages: [message] });
}
