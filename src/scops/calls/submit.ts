import { monotonic, today } from '../../core/util/time.js';
import { multipartBody } from '../../core/transfer/multipart.js';
import type { Call } from '../../core/http/call.js';
import type { Delivery } from '../../core/operation/delivery.js';
import type { OwnRequest } from '../../core/operation/operation.js';
import { PageNotAccessible, RejectedError, UnexpectedResponse, WrongCredentials, type SdcError } from '../../errors.js';
import { fetchPage, projectQuery, serverDate, type FetchedPage, type ScopsOperation } from '../context.js';
import { OrderStoredWithoutName } from '../errors.js';
import { parseConfigName } from '../names/ids.js';
import { checkOrder } from '../order/check.js';
import { demParts, requireMeeting } from '../order/dem.js';
import { orderFields } from '../order/fields.js';
import { failureOf, failureWords } from '../pages/failure.js';
import type { Flight, ScopsOrder, SubmitOptions, SubmittedOrder } from '../types.js';
import { getFlight } from './get-flight.js';
import { spacedWork } from '../order/spacing.js';

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
  requireMeeting(op.arguments, checked.dem, flight.bounds);
  const { fields, tag } = orderFields(op.arguments, checked, flight);
  const parts = [...fields.map(([name, value]) => ({ name, value })), ...demParts(checked.dem)];
  const body = await multipartBody(parts, options.onProgress, { operation: op.name, name: 'order' });
  const request: OwnRequest = {
    method: 'POST',
    url: 'progress',
    query: projectQuery(op),
    body,
    bulk: true,
    redirect: 'manual',
    delivery,
    mapError: refusalOf,
  };
  const key = `submit ${op.http.baseUrl.href} ${op.context.project}`;
  const began = monotonic();
  const read = await spacedWork.run(key, GAP_MS, op.signal, () => fetchPage(op, request, 'the answer'));
  op.log.info(`${op.name}: order stored`, { tag, waitedMs: Math.round(monotonic() - began) });
  return storedOrder(op, read, { flight, tag, bandMath: checked.bandMath }, delivery);
}

/** More precise errors for the statuses of 5.6; a POST is never repeated, so none of them is called retryable. */
function refusalOf({ status, init }: Parameters<NonNullable<Call['mapError']>>[0]): SdcError | undefined {
  if (status === 400)
    return new RejectedError('SCOPS refuses the order (400): a field is missing, or a line is of Eagle or Hawk', {
      ...init,
      messages: init.bodyExcerpt === undefined ? [] : [init.bodyExcerpt],
    });
  if (status === 401)
    return new WrongCredentials('SCOPS refuses the login of this project (401); check project and password', {
      ...init,
      layer: 'project',
    });
  if (status < 500) return undefined;
  return new PageNotAccessible(
    `SCOPS failed at the order (${status}); the order may be stored unconfirmed; look for its name before sending it again`,
    { ...init, retryable: false },
  );
}

/** Reads the config name from where the answer leads, without following it. */
function storedOrder(
  op: ScopsOperation,
  read: FetchedPage,
  { flight, tag, bandMath }: Stored,
  delivery: Delivery,
): SubmittedOrder {
  const { answer, init, page } = read;
  const location = answer.headers.get('location');
  if (answer.status < 300 || location === null) {
    if (failureOf(page) === 'validation') {
      delivery.latestNotTaken();
      throw new RejectedError('SCOPS refuses the order: its validation of the fields failed', {
        ...init,
        messages: [op.redactor.page(failureWords(page))],
      });
    }
    throw new UnexpectedResponse(`the answer to the order is not a redirect (${answer.status})`, init);
  }
  const submittedAt = serverDate(answer) ?? today();
  const place = URL.canParse(location, answer.url) ? new URL(location, answer.url).pathname : '';
  const configName = /\/bandratio\/([^/]+)\/?$/u.exec(place)?.[1];
  const order = { year: flight.year, day: flight.day, submittedAt };
  if (configName === '0' || (configName === undefined && place.endsWith('/success')))
    throw new OrderStoredWithoutName(
      configName === '0'
        ? 'the order is stored, but SCOPS could not write or mail all of it; do not send it again, look for its name and confirm it'
        : 'the order is stored, but SCOPS did not tell its name; do not send it again, look for its name',
      { ...init, order, tag },
    );
  const parts = configName === undefined ? undefined : parseConfigName(configName, op.context.project);
  if (configName === undefined || parts?.year !== flight.year || parts.day !== flight.day)
    throw new UnexpectedResponse('the answer to the order leads elsewhere than to the order', init);
  return {
    configName,
    tag,
    submittedAt,
    bandMath,
    ...(flight.sortie !== undefined && { sortie: flight.sortie }),
  };
}
