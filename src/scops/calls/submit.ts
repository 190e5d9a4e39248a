import { defined } from '../../core/util/defined.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { monotonic, today } from '../../core/util/time.js';
import { RejectedError, UnexpectedResponse } from '../../errors.js';
import { serverDate, spaced } from '../clock/server-clock.js';
import type { ScopsOperation } from '../context.js';
import { refusedOrder, says } from '../errors.js';
import { OrderStoredWithoutName } from '../order/stored-without-name.js';
import { parseConfigName } from '../names/ids.js';
import { checkOrder } from '../order/check.js';
import { requireOverlap, demParts } from '../order/dem.js';
import { orderFields } from '../order/fields.js';
import { fetchPage, type FetchedPage, headingOf } from '../pages/read-page.js';
import { redirectTargetOf, orders } from '../routes.js';
import { formRequest } from '../transfer/form.js';
import type { Flight, ScopsOrder, SubmitOptions, SubmittedOrder } from '../types.js';
import { getFlight } from './get-flight.js';

/** The config name holds the second, and a second order of that second replaces the first (pitfall 15). */
const GAP_MS = 1_100;

interface Stored {
  readonly flight: Flight;
  readonly tag: string;
  readonly bandMath: boolean;
}

/** Checks and sends an order (protocol notes, section 5). */
export async function submit(
  op: ScopsOperation,
  order: ScopsOrder,
  options: SubmitOptions,
  delivery: Delivery,
): Promise<SubmittedOrder> {
  const checked = await checkOrder(op.arguments, order, op.context.project);
  op.assertOpen();
  op.signal?.throwIfAborted();
  const flight = checked.flight ?? (await getFlight(op, checked.day));
  requireOverlap(op.arguments, checked.dem, flight.bounds);
  const { fields, tag } = orderFields(op.arguments, checked, flight);
  const parts = [...fields.map(([name, value]) => ({ name, value })), ...demParts(checked.dem)];
  const { onProgress } = options;
  const request = await formRequest(op, orders(op), parts, {
    delivery,
    mapError: refusedOrder,
    onProgress,
    name: 'order',
  });
  const began = monotonic();
  const read = await spaced(op, `submit ${op.context.project}`, GAP_MS, () => fetchPage(op, request, 'the answer'));
  op.say('info', 'order stored', { tag, waitedMs: Math.round(monotonic() - began) });
  return storedOrder(op, read, { flight, tag, bandMath: checked.bandMath }, delivery);
}

/** Reads the config name from where the answer leads, without following it. */
function storedOrder(
  op: ScopsOperation,
  read: FetchedPage,
  { flight, tag, bandMath }: Stored,
  delivery: Delivery,
): SubmittedOrder {
  const { answer, init, page } = read;
  const target = redirectTargetOf(answer);
  if (target === undefined) {
    if (!says(headingOf(page), 'invalid order'))
      throw new UnexpectedResponse(`the answer to the order is not a redirect (${answer.status})`, init);
    delivery.latestNotTaken();
    throw new RejectedError('SCOPS refuses the order: its validation of the fields failed', {
      ...init,
      messages: [op.redactor.page(page.first('p')?.text ?? '')],
    });
  }
  const submittedAt = serverDate(answer) ?? today();
  const { configName, toSuccess } = target;
  const order = { year: flight.year, day: flight.day, submittedAt };
  if (configName === '0' || (configName === undefined && toSuccess))
    throw new OrderStoredWithoutName(
      configName === '0'
        ? 'the order is stored, but SCOPS could not write or mail all of it; do not send it again: look up its name and confirm it'
        : 'the order is stored, but SCOPS did not give its name; do not send it again: look up its name',
      { ...init, order, tag },
    );
  const parts = configName === undefined ? undefined : parseConfigName(configName, op.context.project);
  if (configName === undefined || parts?.year !== flight.year || parts.day !== flight.day)
    throw new UnexpectedResponse('the answer to the order does not lead to the order', init);
  return defined({
    configName,
    tag,
    submittedAt,
    bandMath,
    sortie: flight.sortie,
  });
}
