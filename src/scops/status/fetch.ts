import { isSdcError, JobNotFound, PageNotAccessible } from '../../errors.js';
import { fetchPage, projectQuery, type ScopsOperation } from '../context.js';
import { requireProcessingId } from '../names/ids.js';
import { readDetails } from '../pages/status-page.js';
import { confirmed, CONFIRM_MS } from './settled-status.js';
import { readProduct } from './product.js';
import { summarise } from './summary.js';
import type { ScopsProduct, ScopsStatus } from '../types.js';
import { lookAtFolder } from './folder.js';
import { isUnclear, readStatusJson } from '../decode/status-json.js';

const MAX_REMEMBERED = 1000;
/** How often an answer is read again that tells of another product than it should. */
const LOOKS_AGAIN = 2;

/** Reads the status of an order: its products, and its details once. An end is told after a second look only. */
export async function getStatus(op: ScopsOperation, processingId: string, pauseMs = CONFIRM_MS): Promise<ScopsStatus> {
  const read = async (): Promise<ScopsStatus> => summarise(processingId, await fetchProducts(op, processingId));
  const { products } = await confirmed(read, pauseMs, op.signal);
  return summarise(processingId, products, await fetchDetails(op, processingId));
}

/**
 * Reads the products of an order (protocol notes, section 9).
 *
 * The server fails (500) at unknown ids. Whether the id or the server is at fault is told by the downloads page, which
 * does not fail; an id that was known before is never called unknown (pitfall 11).
 */
export async function fetchProducts(op: ScopsOperation, processingId: string): Promise<ScopsProduct[]> {
  const { project, memory } = op.context;
  requireProcessingId(op.arguments, processingId, project);
  const request = { url: `status/processingupdate/${processingId}`, query: projectQuery(op) };
  try {
    const look = { init: op.init(request), what: 'the status' };
    let records = await readStatusJson(await op.json(request), look);
    for (let again = 0; again < LOOKS_AGAIN && records.some(isUnclear); again += 1)
      records = await readStatusJson(await op.json(request), look);
    remember(memory.known, processingId);
    return records.map(readProduct);
  } catch (error) {
    const failed = isSdcError(error) && error instanceof PageNotAccessible && error.status === 500;
    if (!failed || memory.known.has(processingId)) throw error;
    const { state } = await lookAtFolder(op, processingId);
    if (state !== 'absent') throw error;
    throw new JobNotFound(
      `SCOPS knows no job ${processingId} of ${project}; check the id, which is not the config name`,
      { ...op.init(request), status: 500, jobId: processingId },
    );
  }
}

/** The request details of the status page; they stay the same, so they are fetched once. */
export async function fetchDetails(
  op: ScopsOperation,
  processingId: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const { memory } = op.context;
  const before = memory.details.get(processingId);
  if (before !== undefined) return before;
  try {
    const request = { url: `status/${processingId}`, query: projectQuery(op) };
    const { page } = await fetchPage(op, request, 'the status page');
    const details = readDetails(page);
    if (details !== undefined) {
      if (memory.details.size >= MAX_REMEMBERED) memory.details.clear();
      memory.details.set(processingId, details);
    }
    return details;
  } catch (error) {
    if (!(error instanceof PageNotAccessible)) throw error;
    op.warn('the status page cannot be read; going on without details', { reason: error.message });
    return undefined;
  }
}

function remember(ids: Set<string>, id: string): void {
  if (ids.size >= MAX_REMEMBERED) ids.clear();
  ids.add(id);
}
