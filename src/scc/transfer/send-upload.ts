import { UnexpectedResponse } from '../../errors.js';
import type { UploadBody } from '../../core/http/request.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { findMeasurement } from '../calls/find-measurement.js';
import type { SccOperation } from '../context.js';
import { mayStillTakeEffect, reasonOf, refusal, uploadRefused } from '../errors.js';
import { isUploadForm, readMeasurementId, readRejection } from '../pages/measurement-page.js';
import { measurementRoute, UPLOAD_ROUTE } from '../routes.js';
import { getPage } from '../site/get-page.js';
import { tookEffect, unlessClosed } from '../site/outcome-unknown.js';
import { postForm } from '../site/post-form.js';
import type { SitePage } from '../site/site-page.js';

/** How long an upload may take, and what tells it from others. */
interface Sending {
  readonly id: string;
  readonly identity: string;
  readonly uploadTimeoutMs: number;
  readonly settleMs: () => number;
}

/**
 * Sends the form once. Where the answer is lost, the API tells whether it arrived: nothing is sent twice.
 *
 * @returns The address of the measurement's page.
 */
export async function sendUpload(
  op: SccOperation,
  body: UploadBody,
  delivery: Delivery,
  sending: Sending,
): Promise<string> {
  const { id, uploadTimeoutMs } = sending;
  let answer: SitePage;
  // Also when it is refused or lost: files of an earlier processing must not pass for those of this one.
  op.context.changed.set(id, true);
  try {
    answer = await postForm(op, { url: UPLOAD_ROUTE, body, delivery, timeoutMs: uploadTimeoutMs });
  } catch (error) {
    if (delivery.delivered === 'no') throw error;
    if (!(await arrivesInTime(op, sending, mayStillTakeEffect(error) ? sending.settleMs() : 0))) throw error;
    op.warn(`the answer was lost, but the SCC has ${id}`, reasonOf(error));
    return addressOf(op, id);
  }
  return judgeAnswer(op, answer, sending, delivery);
}

export function addressOf(op: SccOperation, id: string): string {
  return new URL(measurementRoute(id), op.http.baseUrl).href;
}

async function judgeAnswer(op: SccOperation, answer: SitePage, sending: Sending, delivery: Delivery): Promise<string> {
  const { id } = sending;
  const request = { url: UPLOAD_ROUTE };
  const init = { ...op.init(request), status: answer.status };
  if (answer.status === 200) {
    const messages = (await readRejection(answer.text)).map((message) => op.redactor.page(message));
    if (messages.length === 0 && !(await isUploadForm(answer.text))) {
      throw new UnexpectedResponse(
        'the upload was answered with a page that is neither the form nor a redirect; check with getMeasurement',
        init,
      );
    }
    delivery.latestNotTaken();
    throw uploadRefused(id, messages, init);
  }
  if (answer.location === undefined || answer.status >= 400) throw refusal(op, request, answer);
  const shown = await shownMeasurement(op, answer.location);
  if (shown?.id === id) return shown.url;
  const found =
    shown === undefined
      ? await arrivesInTime(op, sending, answer.location.pathname.includes(id) ? sending.settleMs() : 0)
      : await hasArrived(op, id);
  if (found) return addressOf(op, id);
  throw new UnexpectedResponse(
    shown === undefined
      ? `the SCC accepted the file, but shows no measurement ${id}; check with getMeasurement before you try again`
      : `the SCC stored the file as ${shown.id}, not as ${id}; use that measurementId, or correct Measurement_ID in the file`,
    init,
  );
}

/** The measurement that the page after an upload shows; the file is there whether or not the page can be read. */
async function shownMeasurement(
  op: SccOperation,
  url: URL,
): Promise<{ readonly id: string; readonly url: string } | undefined> {
  if (url.origin !== op.http.baseUrl.origin) return undefined;
  return unlessClosed(op, async () => {
    const page = await getPage(op, { url });
    const id = page.status === 200 ? await readMeasurementId(page.text) : undefined;
    return id === undefined ? undefined : { id, url: op.redactor.url(page.url) };
  });
}

/** Whether an upload that was not seen to arrive does so in time. Until then a call with force must not delete what comes. */
async function arrivesInTime(op: SccOperation, { id, identity }: Sending, withinMs: number): Promise<boolean> {
  const { unsettled } = op.context;
  unsettled.set(id, identity);
  const found = await tookEffect(op, withinMs, () => hasArrived(op, id));
  if (found) unsettled.delete(id);
  return found;
}

async function hasArrived(op: SccOperation, id: string): Promise<boolean> {
  return (await unlessClosed(op, () => findMeasurement(op, id))) !== undefined;
}
