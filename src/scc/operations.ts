import { Forbidden, RejectedError, SCCError, UnexpectedResponse } from '../errors.js';
import { requireOneOf } from '../core/validate/arguments.js';
import type { Delivery } from '../core/operation/delivery.js';
import type { CallOptions } from '../types.js';
import { findMeasurement, getMeasurement, measurementNotFound } from './api.js';
import type { SccConnection, SiteCall, SitePage } from './connection.js';
import { PATHS } from './endpoints.js';
import { mayStillAct, settles } from './lost-answers.js';
import { isCsrfFailure } from './pages/login-page.js';
import { readMessages, type SiteMessage } from './pages/messages.js';
import { readProtectedObjects } from './pages/delete-page.js';
import { readMeasurementId } from './pages/upload-page.js';
import { isActive } from './progress.js';
import { fingerprint } from './reruns.js';
import type { Measurement, RerunStep } from './types.js';

/** How long the SCC is asked whether a restart or a deletion took effect whose answer was lost. */
const SETTLE_MS = 5_000;

/** Starts the processing of a measurement anew. */
export async function rerunProcessing(
  connection: SccConnection,
  id: string,
  options: CallOptions & { readonly from?: RerunStep },
  delivery: Delivery,
): Promise<void> {
  const operation = 'scc.rerunProcessing';
  const from = requireOneOf(options.from ?? 'all', ['all', 'elpp', 'optical'] as const, 'from', operation);
  const before = await getMeasurement(connection, id, operation, options);
  const { id: known } = before;
  // Also when the answer is lost: the restart may have been taken.
  connection.reruns.add(before);
  connection.changes.add(known);
  const call = { ...options, operation, url: PATHS.changelist };
  try {
    await restart(connection, before, from, call, delivery);
  } catch (error) {
    if (delivery.delivered === 'no') connection.reruns.forget(known);
    if (delivery.delivered === 'no' || !mayStillAct(error) || isActive(before)) throw error;
    const begun = async (): Promise<boolean> =>
      fingerprint(before) !== fingerprint(await getMeasurement(connection, known, operation, options));
    if (!(await settles(connection, call, SETTLE_MS, begun))) throw error;
    connection.transport.log.warn(`${operation}: the answer was lost, but ${known} has begun to run again`, {
      reason: error instanceof Error ? error.message : 'unknown',
    });
  }
}

async function restart(
  connection: SccConnection,
  before: Measurement,
  from: RerunStep,
  options: SiteCall,
  delivery: Delivery,
): Promise<void> {
  const { id: known } = before;
  if (from === 'all') return rerunAll(connection, known, options, delivery);
  const call = { ...options, url: PATHS.rerun(known, from === 'elpp' ? 'elpp' : 'elda') };
  const page = await connection.page({ ...call, delivery });
  if (page.status === 404)
    throw new UnexpectedResponse(`the SCC has no link to run ${from} again (404)`, {
      ...connection.init(call),
      status: 404,
    });
  if (page.status !== 200) throw connection.refusal(call, page);
  // The link leads back to the measurement; a page in its place, such as one of maintenance, proves nothing.
  if (!isAt(page, call) || (await readMeasurementId(page.text)) === known) return;
  const after = await getMeasurement(connection, known, options.operation, options);
  if (fingerprint(before) !== fingerprint(after)) return;
  throw new UnexpectedResponse(
    `the SCC did not say that ${known} was restarted; look at its state before you try again`,
    { ...connection.init(call), status: page.status, bodyExcerpt: connection.excerpt(page.text) },
  );
}

/** The admin's action tells its outcome by a message only: its answer is a redirect in any case. */
async function rerunAll(connection: SccConnection, id: string, call: SiteCall, delivery: Delivery): Promise<void> {
  await dropOldMessages(connection, call);
  const fields = [
    ['action', 'rerun_all'],
    ['_selected_action', id],
    ['index', '0'],
    ['select_across', '0'],
  ] as const;
  const messages = await messagesAfter(connection, call, await connection.post({ ...call, fields, delivery }));
  const texts = messages.map(({ text }) => text);
  if (messages.some(saysRestarted)) return;
  if (texts.length > 0) {
    delivery.latestNotTaken();
    throw new SCCError(`the SCC did not restart ${id}: ${texts.join(' ')}`, {
      ...connection.init(call),
      messages: texts,
    });
  }
  throw new UnexpectedResponse(
    `the SCC did not say that ${id} was restarted (no message in ul.grp-messagelist); look at its state before you try again`,
    connection.init(call),
  );
}

/** The level of the message is not known for sure, its words are. */
function saysRestarted({ level, text }: SiteMessage): boolean {
  if (level === 'error') return false;
  return /processing chain was restarted/iu.test(text) || (level !== 'warning' && /restarted/iu.test(text));
}

/** Deletes a measurement and proves that it is gone. */
export async function deleteMeasurement(
  connection: SccConnection,
  id: string,
  options: CallOptions & { readonly related?: boolean },
  delivery: Delivery,
  operation = 'scc.deleteMeasurement',
): Promise<void> {
  const { id: known } = await getMeasurement(connection, id, operation, options);
  const call = { ...options, operation, url: PATHS.remove(known) };
  const confirmation = await connection.page(call);
  if (confirmation.status === 404 || leftTheForm(confirmation, call))
    throw measurementNotFound(connection, known, operation);
  await refuseProtected(connection, call, confirmation);
  const fields = [
    ['post', 'yes'],
    ['select_delete_related_measurements', options.related === true ? 'delete_related' : 'not_delete_related'],
  ] as const;
  const gone = async (): Promise<boolean> =>
    (await findMeasurement(connection, known, operation, options)) === undefined;
  let messages: SiteMessage[];
  try {
    const answer = await connection.post({ ...call, fields, delivery });
    if (answer.status === 404) throw measurementNotFound(connection, known, operation);
    messages = await messagesAfter(connection, call, answer);
  } catch (error) {
    if (delivery.delivered === 'no') throw error;
    const withinMs = mayStillAct(error) ? SETTLE_MS : 0;
    if (!(await settles(connection, call, withinMs, gone))) throw error;
    connection.reruns.forget(known);
    connection.transport.log.warn(`${operation}: the answer was lost, but ${known} is gone`, {
      reason: error instanceof Error ? error.message : 'unknown',
    });
    return;
  }
  if (await gone()) {
    connection.reruns.forget(known);
    return;
  }
  delivery.latestNotTaken();
  const texts = messages.filter(({ level }) => level !== 'success').map(({ text }) => text);
  throw new SCCError(
    `the SCC did not delete ${known}${texts.length > 0 ? `: ${texts.join(' ')}` : ' (it is still there)'}`,
    { ...connection.init(call), messages: texts },
  );
}

/** An unknown object redirects to the admin's index. */
function leftTheForm(page: SitePage, call: SiteCall): boolean {
  return page.status === 200 && !isAt(page, call);
}

/** Whether the page came from the address that was asked for, not from one that it redirected to. */
function isAt(page: SitePage, call: SiteCall): boolean {
  return new URL(page.url).pathname.endsWith(`/${String(call.url)}`);
}

async function refuseProtected(connection: SccConnection, call: SiteCall, page: SitePage): Promise<void> {
  if (page.status !== 200) throw connection.refusal(call, page);
  const objects = (await readProtectedObjects(page.text))?.map((object) => connection.clean(object));
  if (objects === undefined) return;
  throw new RejectedError(
    `the SCC refuses to delete it because of other objects: ${objects.join('; ') || 'it names none'}`,
    { ...connection.init(call), messages: objects },
  );
}

/** Earlier messages wait until a page shows them; one of success would pass for this call's. */
async function dropOldMessages(connection: SccConnection, call: SiteCall): Promise<void> {
  const page = await connection.page(call);
  if (page.status !== 200) throw connection.refusal(call, page);
}

/** Follows the redirect of a form by hand and reads what the next page says. */
async function messagesAfter(connection: SccConnection, call: SiteCall, answer: SitePage): Promise<SiteMessage[]> {
  if (answer.status === 403) {
    if (isCsrfFailure(answer.text))
      throw new Forbidden('the SCC refuses the form (CSRF check)', { ...connection.init(call), status: 403 });
    throw connection.refusal(call, answer);
  }
  if (answer.status === 200) {
    await refuseProtected(connection, call, answer);
    throw new UnexpectedResponse('the SCC showed the form again instead of acting on it', {
      ...connection.init(call),
      status: 200,
    });
  }
  if (answer.location === undefined || answer.status >= 400) throw connection.refusal(call, answer);
  const next = await connection.page({ ...call, url: answer.location });
  return (await readMessages(next.text)).map(({ level, text }) => ({ level, text: connection.clean(text) }));
}
