import type { SccOperation } from '../context.js';
import { inTurn, isAt, messagesAfter, refuseProtected } from '../site/admin.js';
import { SCCError } from '../../errors.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { findMeasurement } from './find-measurement.js';
import { getMeasurement } from './get-measurement.js';
import { mayStillTakeEffect, measurementNotFound, reasonOf } from '../errors.js';
import type { SiteMessage } from '../pages/admin-page.js';
import { deleteRoute } from '../routes.js';
import { getPage } from '../site/get-page.js';
import { SETTLE_MS, tookEffect } from '../site/outcome-unknown.js';
import { postForm } from '../site/post-form.js';

/** Deletes a measurement, after the reruns and deletions of this client that began before. */
export async function deleteMeasurement(
  op: SccOperation,
  id: string,
  options: { readonly related?: boolean },
): Promise<void> {
  return inTurn(op, (delivery) => removeMeasurement(op, id, options, delivery));
}

/** Deletes a measurement and proves that it is gone. */
export async function removeMeasurement(
  op: SccOperation,
  id: string,
  { related = false }: { readonly related?: boolean },
  delivery: Delivery,
): Promise<void> {
  const { reruns } = op.context;
  const { id: known } = await getMeasurement(op, id);
  const request = { url: deleteRoute(known) };
  const confirmation = await getPage(op, request);
  // An unknown object redirects to the admin's index.
  const isElsewhere = confirmation.status === 200 && !isAt(confirmation, request);
  if (confirmation.status === 404 || isElsewhere) throw measurementNotFound(op, known);
  await refuseProtected(op, request, confirmation);
  const fields = [
    ['post', 'yes'],
    ['select_delete_related_measurements', related ? 'delete_related' : 'not_delete_related'],
  ] as const;
  const isGone = async (): Promise<boolean> => (await findMeasurement(op, known)) === undefined;
  let messages: SiteMessage[];
  try {
    const answer = await postForm(op, { ...request, fields, delivery });
    if (answer.status === 404) throw measurementNotFound(op, known);
    if (answer.status === 200) await refuseProtected(op, request, answer);
    messages = await messagesAfter(op, request, answer);
  } catch (error) {
    if (delivery.delivered === 'no') throw error;
    const withinMs = mayStillTakeEffect(error) ? SETTLE_MS : 0;
    if (!(await tookEffect(op, withinMs, isGone))) throw error;
    reruns.forget(known);
    op.warn(`the answer was lost, but ${known} is gone`, reasonOf(error));
    return;
  }
  if (await isGone()) {
    reruns.forget(known);
    return;
  }
  delivery.latestNotTaken();
  const texts = messages.filter(({ level }) => level !== 'success').map(({ text }) => text);
  throw new SCCError(
    `the SCC did not delete ${known}${texts.length > 0 ? `: ${texts.join(' ')}` : ' (it still exists)'}`,
    { ...op.init(request), messages: texts },
  );
}
