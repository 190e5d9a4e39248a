import { Arguments } from '../../core/operation/arguments.js';
import { isSdcError, JobNotFound, PageNotAccessible } from '../../errors.js';
import type { CallOptions } from '../../types.js';
import { callOptions, fetchPage, projectQuery, type ScopsContext } from '../context.js';
import { requireProcessingId } from '../ids.js';
import { readDetails } from '../pages/status-page.js';
import { confirmed, CONFIRM_MS } from '../status/confirmed.js';
import { readProduct } from '../status/product.js';
import { summarise } from '../status/summary.js';
import type { ScopsProduct, ScopsStatus } from '../types.js';
import { lookAtFolder } from './folder.js';
import { isUnclear, readStatusJson } from './status-schema.js';

const MAX_REMEMBERED = 1000;
/** How often an answer is read again that tells of another product than it should. */
const LOOKS_AGAIN = 2;

/** Reads the status of an order: its products, and its details once. An end is told after a second look only. */
export async function fetchStatus(
  context: ScopsContext,
  processingId: string,
  operation: string,
  options: CallOptions,
  pauseMs = CONFIRM_MS,
): Promise<ScopsStatus> {
  const read = async (): Promise<ScopsStatus> =>
    summarise(processingId, await fetchProducts(context, processingId, operation, options));
  const { products } = await confirmed(read, pauseMs, options.signal);
  return summarise(processingId, products, await fetchDetails(context, processingId, operation, options));
}

/**
 * Reads the products of an order (protocol notes, section 9).
 *
 * The server fails (500) at unknown ids. Whether the id or the server is at fault is told by the downloads page, which
 * does not fail; an id that was known before is never called unknown (pitfall 11).
 */
export async function fetchProducts(
  context: ScopsContext,
  processingId: string,
  operation: string,
  options: CallOptions,
): Promise<ScopsProduct[]> {
  requireProcessingId(new Arguments(operation), processingId, context.project);
  const { transport, memory } = context;
  const call = {
    operation,
    url: `status/processingupdate/${processingId}`,
    query: projectQuery(context),
    ...callOptions(options),
  };
  try {
    const look = { init: transport.init(call), what: 'the status' };
    let records = await readStatusJson(await transport.json(call), look);
    for (let again = 0; again < LOOKS_AGAIN && records.some(isUnclear); again += 1)
      records = await readStatusJson(await transport.json(call), look);
    remember(memory.known, processingId);
    return records.map(readProduct);
  } catch (error) {
    const failed = isSdcError(error) && error instanceof PageNotAccessible && error.status === 500;
    if (!failed || memory.known.has(processingId)) throw error;
    const { state } = await lookAtFolder(context, processingId, operation, options);
    if (state !== 'absent') throw error;
    throw new JobNotFound(
      `SCOPS knows no job ${processingId} of ${context.project}; check the id, which is not the config name`,
      { ...transport.init(call), status: 500, jobId: processingId },
    );
  }
}

/** The request details of the status page; they stay the same, so they are fetched once. */
export async function fetchDetails(
  context: ScopsContext,
  processingId: string,
  operation: string,
  options: CallOptions,
): Promise<Readonly<Record<string, string>> | undefined> {
  const { memory, transport } = context;
  const before = memory.details.get(processingId);
  if (before !== undefined) return before;
  const call = { operation, url: `status/${processingId}`, query: projectQuery(context), ...callOptions(options) };
  try {
    const { page } = await fetchPage(context, call, 'the status page');
    const details = readDetails(page);
    if (details !== undefined) {
      if (memory.details.size >= MAX_REMEMBERED) memory.details.clear();
      memory.details.set(processingId, details);
    }
    return details;
  } catch (error) {
    if (!(error instanceof PageNotAccessible)) throw error;
    transport.log.warn(`${operation}: the status page cannot be read; going on without details`, {
      reason: error.message,
    });
    return undefined;
  }
}

function remember(ids: Set<string>, id: string): void {
  if (ids.size >= MAX_REMEMBERED) ids.clear();
  ids.add(id);
}
