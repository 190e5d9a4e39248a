import type { Call } from '../../core/http/call.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { multipartBody } from '../../core/transfer/multipart.js';
import { PageNotAccessible, RejectedError, UnexpectedResponse } from '../../errors.js';
import type { CallOptions } from '../../types.js';
import { bandMathFields, checkBandMath } from '../band-math/fields.js';
import { callOptions, fetchPage, projectQuery, type ScopsContext } from '../context.js';
import { requireConfigName } from '../ids.js';
import { readBandMathPage } from '../pages/band-math-page.js';
import type { BandMathForm, BandMathRequest } from '../types.js';
import { fetchOrderPage } from './existing-order.js';

/** Reads the band-maths page of an order (protocol notes 7.1). */
export async function fetchBandMath(
  context: ScopsContext,
  configName: string,
  operation: string,
  o: CallOptions,
): Promise<BandMathForm> {
  requireConfigName(configName, context.project, operation);
  return readBandMathPage(await fetchOrderPage(context, configName, operation, o));
}

/** Checks equations and plugins, proves that the order exists, and sends them (protocol notes 7.2). */
export async function sendBandMath(
  context: ScopsContext,
  configName: string,
  request: BandMathRequest,
  operation: string,
  o: CallOptions,
  delivery: Delivery,
): Promise<void> {
  requireConfigName(configName, context.project, operation);
  const checked = checkBandMath(request, operation);
  const form = readBandMathPage(await fetchOrderPage(context, configName, operation, o));
  const fields = bandMathFields(checked, form, context.project, operation);
  if (checked.lines !== undefined && checked.lines.length < form.lines.length)
    context.transport.log.warn(`${operation}: equations on some lines only; SCOPS may never make the project archive`);
  const parts = fields.map(([name, value]) => ({ name, value }));
  const call: Call = {
    operation,
    method: 'POST',
    url: 'bandratio/req',
    query: projectQuery(context),
    body: await multipartBody(parts, undefined, { operation }),
    bulk: true,
    redirect: 'manual',
    delivery,
    mapError: ({ status, init }) => {
      if (status === 400)
        return new RejectedError('SCOPS refuses the band maths (400): a field is missing', { ...init, messages: [] });
      if (status < 500) return undefined;
      return new PageNotAccessible(
        `SCOPS failed at the band maths (${status}); it may have been taken; check the names, and look before you repeat`,
        { ...init, retryable: false },
      );
    },
    ...callOptions(o),
  };
  const { answer, init } = await fetchPage(context, call, 'the answer');
  const location = answer.headers.get('location');
  const place = location !== null && URL.canParse(location, answer.url) ? new URL(location, answer.url).pathname : '';
  if (answer.status < 300 || !place.endsWith('/success'))
    throw new UnexpectedResponse(`the answer to the band maths does not lead to /success (${answer.status})`, init);
}
