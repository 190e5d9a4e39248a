import { isSdcError, JobNotFound, PageNotAccessible } from '../../errors.js';
import type { ScopsOperation } from '../context.js';
import { isUnclear, readStatusJson } from '../decode/status-json.js';
import { requireProcessingId } from '../names/ids.js';
import { fetchPage } from '../pages/fetch-page.js';
import { readDetails } from '../pages/status-page.js';
import * as routes from '../routes.js';
import type { ScopsProduct } from '../types.js';
import { lookAtFolder } from './folder.js';
import { readProduct } from './product.js';

const MAX_REMEMBERED = 1000;
/** How often an answer with records of other products is read again. */
const LOOKS_AGAIN = 2;

/**
 * Reads the products of an order (protocol notes, section 9).
 *
 * The server fails (500) at unknown ids. Whether the id or the server is at fault is told by the downloads page, which
 * does not fail; an id that was known before is never called unknown (pitfall 11).
 */
export async function fetchProducts(op: ScopsOperation, processingId: string): Promise<ScopsProduct[]> {
  const { project, memory } = op.context;
  requireProcessingId(op.arguments, processingId, project);
  const route = routes.products(op, processingId);
  try {
    const look = { init: op.init(route), what: 'the status' };
    let records = await readStatusJson(await op.json(route), look);
    for (let again = 0; again < LOOKS_AGAIN && records.some(isUnclear); again += 1)
      records = await readStatusJson(await op.json(route), look);
    remember(memory.known, processingId);
    return records.map(readProduct);
  } catch (error) {
    const failed = isSdcError(error) && error instanceof PageNotAccessible && error.status === 500;
    if (!failed || memory.known.has(processingId)) throw error;
    const { state } = await lookAtFolder(op, processingId);
    if (state !== 'absent') throw error;
    throw new JobNotFound(
      `SCOPS knows no job ${processingId} of ${project}; check the id, which is not the config name`,
      { ...op.init(route), status: 500, jobId: processingId },
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
    const { page } = await fetchPage(op, routes.statusPage(op, processingId), 'the status page');
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
