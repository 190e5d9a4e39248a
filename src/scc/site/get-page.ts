import { UnexpectedResponse } from '../../errors.js';
import type { ResponseHead } from '../../core/http/response.js';
import { safeExcerpt } from '../../core/http/errors.js';
import { parseJson } from '../../core/util/json.js';
import type { SccOperation } from '../context.js';
import { refusal } from '../errors.js';
import { isReadable, toSitePage, withinSession, type SitePage, type SiteRequest } from './site-page.js';

/** A page, after its redirects; 403 and 404 are left to the caller. */
export async function getPage(op: SccOperation, request: SiteRequest): Promise<SitePage> {
  return withinSession(op, request, async () => (await read(op, request, 'text/html,*/*;q=0.8')).page);
}

export async function getExistingPage(op: SccOperation, request: SiteRequest): Promise<SitePage> {
  const page = await getPage(op, request);
  if (page.status !== 200) throw refusal(op, request, page);
  return page;
}

/** JSON of the API; `undefined` for 404 and for an empty answer, both of which mean that nothing was found. */
export async function getJson(op: SccOperation, request: SiteRequest): Promise<unknown> {
  return withinSession(op, request, async () => {
    const { answer, page } = await read(op, request, 'application/json');
    if (page.status === 404) return undefined;
    if (page.status >= 300) throw refusal(op, request, page);
    if (page.text.trim() === '') return undefined;
    try {
      return parseJson(page.text);
    } catch {
      // Often a page of maintenance: a wait of hours should not fail for it.
      const init = { ...op.initAt(answer), bodyExcerpt: safeExcerpt(page.text, op.redactor), retryable: true };
      const type = op.redactor.page(answer.contentType ?? 'something else');
      throw new UnexpectedResponse(`expected JSON, but got ${type}: ${init.bodyExcerpt.slice(0, 120)}`, init);
    }
  });
}

async function read(
  op: SccOperation,
  request: SiteRequest,
  accept: string,
): Promise<{ readonly answer: ResponseHead; readonly page: SitePage }> {
  const { text, answer } = await op.text({ ...request, headers: { accept }, accept: isReadable });
  return { answer, page: await toSitePage(op, request, answer, text) };
}
