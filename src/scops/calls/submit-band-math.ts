import { defined } from '../../core/util/defined.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { UnexpectedResponse } from '../../errors.js';
import { bandMathFields, checkBandMath } from '../band-math/fields.js';
import type { ScopsOperation } from '../context.js';
import { refusedBandMath } from '../errors.js';
import { requireConfigName } from '../names/ids.js';
import { readBandMathPage } from '../pages/band-math-page.js';
import { fetchPage } from '../pages/read-page.js';
import { fetchOrderPage } from '../pages/order-page.js';
import { bandMaths, redirectTargetOf } from '../routes.js';
import { formRequest } from '../transfer/form.js';
import type { BandMathForm, BandMathRequest, SentBandMath } from '../types.js';
import { flightIfThere } from './get-flight.js';

/** Checks equations and plugins, proves that the order exists, and sends them (protocol notes 7.2). */
export async function submitBandMath(
  op: ScopsOperation,
  configName: string,
  bandMath: BandMathRequest,
  delivery: Delivery,
): Promise<SentBandMath> {
  requireConfigName(op.arguments, configName, op.context.project);
  const checked = checkBandMath(op.arguments, bandMath);
  const form = readBandMathPage(await fetchOrderPage(op, configName));
  const bandCounts = await bandCountsOf(op, form, checked.lines ?? form.lines);
  const fields = bandMathFields(op.arguments, checked, form, bandCounts, op.context.project);
  const equations = Object.fromEntries(checked.equations.map(([name, { text }]) => [name, text]));
  for (const [name, text] of Object.entries(equations))
    if (text !== bandMath.equations?.[name]?.trim())
      op.warn(
        `equation ${name} is sent as ${text}: the server is Python 2, where a quotient of whole numbers has no remainder`,
      );
  if (checked.lines !== undefined && checked.lines.length < form.lines.length)
    op.warn('equations are on some lines only; SCOPS may never make the project archive');
  const parts = fields.map(([name, value]) => ({ name, value }));
  const request = await formRequest(op, bandMaths(op), parts, { delivery, mapError: refusedBandMath });
  const { answer, init } = await fetchPage(op, request, 'the answer');
  if (redirectTargetOf(answer)?.toSuccess !== true)
    throw new UnexpectedResponse(`the answer to the band maths does not lead to /success (${answer.status})`, init);
  return { equations };
}

/** How many bands each line has: the page tells those of the first one only, the request page of the flight those of all. */
async function bandCountsOf(
  op: ScopsOperation,
  form: BandMathForm,
  lines: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const [first] = form.lines;
  const most = Math.max(...form.bands.map((band) => band.number));
  const ofFirst = new Map(first === undefined ? [] : [[first, most]]);
  if (lines.every((line) => line === first)) return ofFirst;
  const { year, day } = requireConfigName(op.arguments, form.configName, op.context.project);
  const sortie = lines.map((line) => /^[a-z]\d{3}([a-z])\d+$/u.exec(line)?.[1]).find((one) => one !== undefined);
  const flight = await flightIfThere(op, defined({ year, day, sortie }));
  if (flight !== undefined)
    return new Map(flight.lines.map(({ name, bands }) => [name, Math.max(0, ...bands.map((band) => band.number))]));
  op.warn('the bands of the other lines are unknown because the request page no longer exists');
  return ofFirst;
}
