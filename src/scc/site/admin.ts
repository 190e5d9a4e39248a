import { RejectedError, UnexpectedResponse } from '../../errors.js';
import type { Delivery } from '../../core/operation/delivery.js';
import type { SccOperation } from '../context.js';
import { refusal } from '../errors.js';
import { readProtectedObjects, readMessages, type SiteMessage } from '../pages/admin-page.js';
import { getPage } from './get-page.js';
import type { SitePage, SiteRequest } from './site-page.js';

/** Does a piece of work in the admin, one at a time: its outcome is a message of the session's next page. */
export function inTurn<T>(op: SccOperation, work: (delivery: Delivery) => Promise<T>): Promise<T> {
  return op.changing((delivery) => op.context.adminWork.run(() => work(delivery), op.signal));
}

/** Follows the redirect of a form by hand and reads what the next page says. */
export async function messagesAfter(op: SccOperation, request: SiteRequest, answer: SitePage): Promise<SiteMessage[]> {
  if (answer.status === 200)
    throw new UnexpectedResponse('the SCC showed a page instead of acting on the form', {
      ...op.init(request),
      status: 200,
    });
  if (answer.location === undefined || answer.status >= 400) throw refusal(op, request, answer);
  const next = await getPage(op, { url: answer.location });
  return (await readMessages(next.text)).map(({ level, text }) => ({ level, text: op.redactor.page(text) }));
}

/** @throws {@link RejectedError} for a page that names objects in place of its form. */
export async function refuseProtected(op: SccOperation, request: SiteRequest, page: SitePage): Promise<void> {
  if (page.status !== 200) throw refusal(op, request, page);
  const objects = (await readProtectedObjects(page.text))?.map((object) => op.redactor.page(object));
  if (objects === undefined) return;
  throw new RejectedError(
    `the SCC refuses to delete it because of other objects: ${objects.join('; ') || 'it does not name any'}`,
    { ...op.init(request), messages: objects },
  );
}

/** Whether the page came from the address that was asked for, not from one that it redirected to. */
export function isAt(page: SitePage, request: SiteRequest): boolean {
  return new URL(page.url).pathname.endsWith(`/${String(request.url)}`);
}
