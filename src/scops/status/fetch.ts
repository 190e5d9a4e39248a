import * as routes from '../routes.js';
import { isSdcError, JobNotFound, PageNotAccessible, UnexpectedResponse } from '../../errors.js';
import type { ScopsOperation } from '../context.js';
import { isUnclear, readStatusJson } from '../decode/status-json.js';
import { requireProcessingId } from '../names/ids.js';
import { fetchPage } from '../pages/read-page.js';
import { readDetails } from '../pages/status-page.js';
import type { ScopsProduct } from '../types.js';
import { readProduct } from './product.js';
import type { HttpResponse } from '../../core/http/response.js';
import { safeExcerpt } from '../../core/http/errors.js';
import { serverDate } from '../clock/server-clock.js';
import { says } from '../errors.js';

/** How often an answer with records of other products is read again. */
const LOOKS_AGAIN = 2;

/**
 * Reads the products of an order (protocol notes, section 9).
 *
 * The server fails (500) at unknown ids. Whether the id or the server is at fault is shown by the downloads page, which
 * does not fail; an id that was known before is never called unknown (pitfall 11).
 */
export async function fetchProducts(op: ScopsOperation, processingId: string): Promise<ScopsProduct[]> {
  const { project, memory } = op.context;
  requireProcessingId(op.arguments, processingId, project);
  const route = routes.products(op, processingId);
  try {
    const source = { init: op.init(route), what: 'the status' };
    let records = await readStatusJson(await op.json(route), source);
    for (let again = 0; again < LOOKS_AGAIN && records.some(isUnclear); again += 1)
      records = await readStatusJson(await op.json(route), source);
    memory.known.set(processingId, true);
    return records.map(readProduct);
  } catch (error) {
    const failed = isSdcError(error) && error instanceof PageNotAccessible && error.status === 500;
    if (!failed || memory.known.has(processingId)) throw error;
    const { state } = await checkFolder(op, processingId);
    if (state !== 'absent') throw error;
    throw new JobNotFound(
      `SCOPS has no job ${processingId} of ${project}; check the id, which is not the config name`,
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
    if (details !== undefined) memory.details.set(processingId, details);
    return details;
  } catch (error) {
    if (!(error instanceof PageNotAccessible)) throw error;
    op.warn('the status page cannot be read; continuing without details', { reason: error.message });
    return undefined;
  }
}

/** A check of a processing folder, with the server's clock. */
export interface FolderCheck {
  readonly state: 'absent' | 'unfinished' | 'archive';
  readonly date: Date | undefined;
}

/** Whether an answer is a text that stands for a failure; such answers come with status 200 (protocol notes, section 10). */
export function isTextAnswer(answer: Pick<HttpResponse, 'headers' | 'contentType'>): boolean {
  return !answer.headers.has('content-disposition') && /^text\//iu.test(answer.contentType ?? '');
}

/**
 * Checks whether a processing folder exists: read-only, without a server error for an unknown id (protocol notes 8.3). The
 * body of an archive is not read.
 */
export async function checkFolder(op: ScopsOperation, processingId: string): Promise<FolderCheck> {
  const route = routes.projectArchive(op, processingId);
  return op.send(route, async (answer) => {
    const date = serverDate(answer);
    if (!isTextAnswer(answer)) {
      await answer.discard();
      return { state: 'archive', date };
    }
    const text = await answer.text();
    if (says(text, 'absent')) return { state: 'absent', date };
    if (says(text, 'unfinished')) return { state: 'unfinished', date };
    const bodyExcerpt = safeExcerpt(text, op.redactor);
    throw new UnexpectedResponse(`the downloads page has an unknown text: ${bodyExcerpt.slice(0, 120)}`, {
      ...op.init(route),
      status: answer.status,
      bodyExcerpt,
    });
  });
}
