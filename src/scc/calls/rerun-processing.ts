import { Forbidden, RejectedError, SCCError, UnexpectedResponse } from '../../errors.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { findMeasurement, getMeasurement, measurementNotFound } from '../measurements/read.js';
import type { SccOperation, SitePage, SiteRequest } from '../context.js';
import { PATHS } from '../routes.js';
import { mayStillAct, reasonOf, settles } from '../site/outcome-unknown.js';
import { isCsrfFailure } from '../pages/login-page.js';
import { readMessages, type SiteMessage } from '../pages/messages.js';
import { readProtectedObjects } from '../pages/delete-page.js';
import { readMeasurementId } from '../pages/upload-page.js';
import { isActive } from '../processing/state.js';
import { fingerprint } from '../processing/reruns.js';
import type { Measurement, RerunStep } from '../types.js';

/** How long the SCC is asked whether a restart or a deletion took effect whose answer was lost. */
const SETTLE_MS = 5_000;

/** Starts the processing of a measurement again. */
export async function rerunProcessing(
  op: SccOperation,
  id: string,
  { from = 'all' }: { readonly from?: RerunStep },
  delivery: Delivery,
): Promise<void> {
  const { reruns, changes } = op.context;
  const before = await getMeasurement(op, id);
  const { id: known } = before;
  // Also when the answer is lost: the restart may have been taken.
  reruns.add(before);
  changes.add(known);
  try {
    await restart(op, before, from, delivery);
  } catch (error) {
    if (delivery.delivered === 'no') reruns.forget(known);
    if (delivery.delivered === 'no' || !mayStillAct(error) || isActive(before)) throw error;
    const begun = async (): Promise<boolean> => fingerprint(before) !== fingerprint(await getMeasurement(op, known));
    if (!(await settles(op, SETTLE_MS, begun))) throw error;
    op.warn(`the answer was lost, but ${known} has begun to run again`, reasonOf(error));
  }
}

async function restart(op: SccOperation, before: Measurement, from: RerunStep, delivery: Delivery): Promise<void> {
  const { id: known } = before;
  if (from === 'all') return rerunAll(op, known, delivery);
  const site = op.context;
  const request = { url: PATHS.rerun(known, from === 'elpp' ? 'elpp' : 'elda'), delivery };
  const page = await site.page(op, request);
  if (page.status === 404)
    throw new UnexpectedResponse(`the SCC has no link to run ${from} again (404)`, {
      ...op.init(request),
      status: 404,
    });
  if (page.status !== 200) throw site.refusal(op, request, page);
  // The link leads back to the measurement; a page in its place, such as one of maintenance, proves nothing.
  if (!isAt(page, request) || (await readMeasurementId(page.text)) === known) return;
  if (fingerprint(before) !== fingerprint(await getMeasurement(op, known))) return;
  throw new UnexpectedResponse(
    `the SCC did not say that ${known} was restarted; look at its state before you try again`,
    { ...op.init(request), status: page.status, bodyExcerpt: site.excerpt(page.text) },
  );
}

/** The admin's action tells its outcome by a message only: its answer is a redirect in any case. */
async function rerunAll(op: SccOperation, id: string, delivery: Delivery): Promise<void> {
  const request = { url: PATHS.changelist };
  await dropOldMessages(op, request);
  const fields = [
    ['action', 'rerun_all'],
    ['_selected_action', id],
    ['index', '0'],
    ['select_across', '0'],
  ] as const;
  const messages = await messagesAfter(op, request, await op.context.post(op, { ...request, fields, delivery }));
  const texts = messages.map(({ text }) => text);
  if (messages.some(saysRestarted)) return;
  if (texts.length > 0) {
    delivery.latestNotTaken();
    throw new SCCError(`the SCC did not restart ${id}: ${texts.join(' ')}`, {
      ...op.init(request),
      messages: texts,
    });
  }
  throw new UnexpectedResponse(
    `the SCC did not say that ${id} was restarted (no message in ul.grp-messagelist); look at its state before you try again`,
    op.init(request),
  );
}

/** The level of the message is not known for sure, its words are. */
function saysRestarted({ level, text }: SiteMessage): boolean {
  if (level === 'error') return false;
  return /processing chain was restarted/iu.test(text) || (level !== 'warning' && /restarted/iu.test(text));
}

/** Deletes a measurement and proves that it is gone. */
export async function deleteMeasurement(
  op: SccOperation,
  id: string,
  { related = false }: { readonly related?: boolean },
  delivery: Delivery,
): Promise<void> {
  const site = op.context;
  const { id: known } = await getMeasurement(op, id);
  const request = { url: PATHS.remove(known) };
  const confirmation = await site.page(op, request);
  if (confirmation.status === 404 || leftTheForm(confirmation, request)) throw measurementNotFound(op, known);
  await refuseProtected(op, request, confirmation);
  const fields = [
    ['post', 'yes'],
    ['select_delete_related_measurements', related ? 'delete_related' : 'not_delete_related'],
  ] as const;
  const gone = async (): Promise<boolean> => (await findMeasurement(op, known)) === undefined;
  let messages: SiteMessage[];
  try {
    const answer = await site.post(op, { ...request, fields, delivery });
    if (answer.status === 404) throw measurementNotFound(op, known);
    messages = await messagesAfter(op, request, answer);
  } catch (error) {
    if (delivery.delivered === 'no') throw error;
    const withinMs = mayStillAct(error) ? SETTLE_MS : 0;
    if (!(await settles(op, withinMs, gone))) throw error;
    site.reruns.forget(known);
    op.warn(`the answer was lost, but ${known} is gone`, reasonOf(error));
    return;
  }
  if (await gone()) {
    site.reruns.forget(known);
    return;
  }
  delivery.latestNotTaken();
  const texts = messages.filter(({ level }) => level !== 'success').map(({ text }) => text);
  throw new SCCError(
    `the SCC did not delete ${known}${texts.length > 0 ? `: ${texts.join(' ')}` : ' (it is still there)'}`,
    { ...op.init(request), messages: texts },
  );
}

/** An unknown object redirects to the admin's index. */
function leftTheForm(page: SitePage, request: SiteRequest): boolean {
  return page.status === 200 && !isAt(page, request);
}

/** Whether the page came from the address that was asked for, not from one that it redirected to. */
function isAt(page: SitePage, request: SiteRequest): boolean {
  return new URL(page.url).pathname.endsWith(`/${String(request.url)}`);
}

async function refuseProtected(op: SccOperation, request: SiteRequest, page: SitePage): Promise<void> {
  if (page.status !== 200) throw op.context.refusal(op, request, page);
  const objects = (await readProtectedObjects(page.text))?.map((object) => op.context.clean(object));
  if (objects === undefined) return;
  throw new RejectedError(
    `the SCC refuses to delete it because of other objects: ${objects.join('; ') || 'it names none'}`,
    { ...op.init(request), messages: objects },
  );
}

/** Earlier messages wait until a page shows them; one of success would pass for this call's. */
async function dropOldMessages(op: SccOperation, request: SiteRequest): Promise<void> {
  const page = await op.context.page(op, request);
  if (page.status !== 200) throw op.context.refusal(op, request, page);
}

/** Follows the redirect of a form by hand and reads what the next page says. */
async function messagesAfter(op: SccOperation, request: SiteRequest, answer: SitePage): Promise<SiteMessage[]> {
  if (answer.status === 403) {
    if (isCsrfFailure(answer.text))
      throw new Forbidden('the SCC refuses the form (CSRF check)', { ...op.init(request), status: 403 });
    throw op.context.refusal(op, request, answer);
  }
  if (answer.status === 200) {
    await refuseProtected(op, request, answer);
    throw new UnexpectedResponse('the SCC showed the form again instead of acting on it', {
      ...op.init(request),
      status: 200,
    });
  }
  if (answer.location === undefined || answer.status >= 400) throw op.context.refusal(op, request, answer);
  const next = await op.context.page(op, { url: answer.location });
  return (await readMessages(next.text)).map(({ level, text }) => ({ level, text: op.context.clean(text) }));
}
