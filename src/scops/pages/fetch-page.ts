import { parsePage } from '../../core/html/page.js';
import type { ResponseHead } from '../../core/http/response.js';
import { safeExcerpt } from '../../core/http/errors.js';
import type { OwnRequest } from '../../core/operation/operation.js';
import type { ScopsOperation } from '../context.js';
import type { ReadPage } from './read-page.js';

/** A page that was fetched, with the head of its answer. */
export interface FetchedPage extends ReadPage {
  readonly answer: ResponseHead;
}

/** Fetches and reads a page. */
export async function fetchPage(op: ScopsOperation, request: OwnRequest, what: string): Promise<FetchedPage> {
  const { text, answer } = await op.text(request);
  const init = { ...op.initAt(answer), bodyExcerpt: safeExcerpt(text, op.redactor) };
  return { page: await parsePage(text), what, answer, init };
}
