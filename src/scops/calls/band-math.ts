import { Arguments } from '../../core/operation/arguments.js';
import type { Call } from '../../core/http/call.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { multipartBody } from '../../core/transfer/multipart.js';
import { FlightNotFound, PageNotAccessible, RejectedError, UnexpectedResponse } from '../../errors.js';
import type { CallOptions } from '../../types.js';
import { bandMathFields, checkBandMath } from '../band-math/fields.js';
import { callOptions, fetchPage, projectQuery, type ScopsContext } from '../context.js';
import { requireConfigName } from '../ids.js';
import { readBandMathPage } from '../pages/band-math-page.js';
import type { BandMathForm, BandMathRequest, SentBandMath } from '../types.js';
import { fetchFlight } from './get-flight.js';
import { fetchOrderPage } from './existing-order.js';

/** Reads the band-maths page of an order (protocol notes 7.1). */
export async function fetchBandMath(
  context: ScopsContext,
  configName: string,
  operation: string,
  options: CallOptions,
): Promise<BandMathForm> {
  requireConfigName(new Arguments(operation), configName, context.project);
  return readBandMathPage(await fetchOrderPage(context, configName, operation, options));
}

/** Checks equations and plugins, proves that the order exists, and sends them (protocol notes 7.2). */
export async function sendBandMath(
  context: ScopsContext,
  configName: string,
  request: BandMathRequest,
  operation: string,
  options: CallOptions,
  delivery: Delivery,
): Promise<SentBandMath> {
  requireConfigName(new Arguments(operation), configName, context.project);
  const checked = checkBandMath(new Arguments(operation), request);
  const form = readBandMathPage(await fetchOrderPage(context, configName, operation, options));
  const bandCounts = await bandCountsOf(context, form, checked.lines ?? form.lines, operation, options);
  const fields = bandMathFields(new Arguments(operation), checked, form, bandCounts, context.project);
  const equations = Object.fromEntries(checked.equations.map(([name, { text }]) => [name, text]));
  for (const [name, text] of Object.entries(equations))
    if (text !== request.equations?.[name]?.trim())
      context.transport.log.warn(
        `${operation}: equation ${name} is sent as ${text}: the server is Python 2, where a quotient of whole numbers has no remainder`,
      );
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
    ...callOptions(options),
  };
  const { answer, init } = await fetchPage(context, call, 'the answer');
  const location = answer.headers.get('location');
  const place = location !== null && URL.canParse(location, answer.url) ? new URL(location, answer.url).pathname : '';
  if (answer.status < 300 || !place.endsWith('/success'))
    throw new UnexpectedResponse(`the answer to the band maths does not lead to /success (${answer.status})`, init);
  return { equations };
}

/** How many bands each line has: the page tells those of the first one only, the request page of the flight those of all. */
async function bandCountsOf(
  context: ScopsContext,
  form: BandMathForm,
  lines: readonly string[],
  operation: string,
  options: CallOptions,
): Promise<ReadonlyMap<string, number>> {
  const [first] = form.lines;
  const most = Math.max(...form.bands.map((band) => band.number));
  const ofFirst = new Map(first === undefined ? [] : [[first, most]]);
  if (lines.every((line) => line === first)) return ofFirst;
  const { year, day } = requireConfigName(new Arguments(operation), form.configName, context.project);
  const sortie = lines.map((line) => /^[a-z]\d{3}([a-z])\d+$/u.exec(line)?.[1]).find((one) => one !== undefined);
  try {
    const flight = await fetchFlight(
      context,
      { year, day, ...(sortie !== undefined && { sortie }) },
      operation,
      options,
    );
    return new Map(flight.lines.map(({ name, bands }) => [name, Math.max(0, ...bands.map((band) => band.number))]));
  } catch (error) {
    if (!(error instanceof FlightNotFound)) throw error;
    context.transport.log.warn(`${operation}: the bands of the other lines are not known; the request page is gone`);
    return ofFirst;
  }
}
