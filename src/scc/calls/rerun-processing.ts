import { SCCError, UnexpectedResponse } from '../../errors.js';
import { safeExcerpt } from '../../core/http/errors.js';
import type { Delivery } from '../../core/operation/delivery.js';
import type { SccOperation } from '../context.js';
import { mayStillTakeEffect, reasonOf, refusal, saysRestarted } from '../errors.js';
import { readMeasurementId } from '../pages/measurement-page.js';
import { isActive, isSameState } from '../processing/state.js';
import { RERUN_ACTION } from '../centre.js';
import { MEASUREMENTS_ADMIN_ROUTE, rerunRoute } from '../routes.js';
import { inTurn, isAt, messagesAfter } from '../site/admin.js';
import { getExistingPage, getPage } from '../site/get-page.js';
import { SETTLE_MS, tookEffect } from '../site/outcome-unknown.js';
import { postForm } from '../site/post-form.js';
import type { Measurement, RerunStep } from '../types.js';
import { getMeasurement } from './get-measurement.js';

/** Starts the processing of a measurement again, after the reruns and deletions of this client that began before. */
export async function rerunProcessing(
  op: SccOperation,
  id: string,
  { from = 'all' }: { readonly from?: RerunStep },
): Promise<void> {
  return inTurn(op, (delivery) => rerun(op, id, from, delivery));
}

async function rerun(op: SccOperation, id: string, from: RerunStep, delivery: Delivery): Promise<void> {
  const { reruns, changed } = op.context;
  const before = await getMeasurement(op, id);
  const { id: known } = before;
  // Also when the answer is lost: the restart may have been taken.
  reruns.add(before);
  changed.set(known, true);
  try {
    await (from === 'all' ? restartAll(op, known, delivery) : restart(op, before, from, delivery));
  } catch (error) {
    if (delivery.delivered === 'no') reruns.forget(known);
    if (delivery.delivered === 'no' || !mayStillTakeEffect(error) || isActive(before)) throw error;
    if (!(await tookEffect(op, SETTLE_MS, () => hasChanged(op, before)))) throw error;
    op.warn(`the answer was lost, but ${known} is running again`, reasonOf(error));
  }
}

async function hasChanged(op: SccOperation, before: Measurement): Promise<boolean> {
  return !isSameState(before, await getMeasurement(op, before.id));
}

async function restart(
  op: SccOperation,
  before: Measurement,
  from: Exclude<RerunStep, 'all'>,
  delivery: Delivery,
): Promise<void> {
  const { id } = before;
  const request = { url: rerunRoute(id, from), delivery };
  const page = await getPage(op, request);
  if (page.status === 404)
    throw new UnexpectedResponse(`the SCC has no link to run ${from} again (404)`, {
      ...op.init(request),
      status: 404,
    });
  if (page.status !== 200) throw refusal(op, request, page);
  // The link leads back to the measurement; a page in its place, such as one of maintenance, proves nothing.
  if (!isAt(page, request) || (await readMeasurementId(page.text)) === id || (await hasChanged(op, before))) return;
  throw new UnexpectedResponse(
    `the SCC did not confirm that ${id} was restarted; check its state before you try again`,
    {
      ...op.init(request),
      status: page.status,
      bodyExcerpt: safeExcerpt(page.text, op.redactor),
    },
  );
}

/** The admin's action tells its outcome by a message only: its answer is a redirect in any case. */
async function restartAll(op: SccOperation, id: string, delivery: Delivery): Promise<void> {
  const request = { url: MEASUREMENTS_ADMIN_ROUTE };
  // Earlier messages wait until a page shows them; one of success would pass for this call's.
  await getExistingPage(op, request);
  const fields = [
    ['action', RERUN_ACTION],
    ['_selected_action', id],
    ['index', '0'],
    ['select_across', '0'],
  ] as const;
  const messages = await messagesAfter(op, request, await postForm(op, { ...request, fields, delivery }));
  if (messages.some(saysRestarted)) return;
  const texts = messages.map(({ text }) => text);
  if (texts.length > 0) {
    delivery.latestNotTaken();
    throw new SCCError(`the SCC did not restart ${id}: ${texts.join(' ')}`, {
      ...op.init(request),
      messages: texts,
    });
  }
  throw new UnexpectedResponse(
    `the SCC did not confirm that ${id} was restarted (no message in ul.grp-messagelist); check its state before you try again`,
    op.init(request),
  );
}
