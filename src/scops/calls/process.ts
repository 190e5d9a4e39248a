import { Arguments } from '../../core/operation/arguments.js';
import { toPath } from '../../core/files/paths.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { checkBandMath } from '../band-math/fields.js';
import type { ScopsContext } from '../context.js';
import { downloadArchives } from '../download/download.js';
import { findId } from '../find/find-processing-id.js';
import { requireProcessingId } from '../ids.js';
import { requireObject } from '../order/text.js';
import type { ScopsOrder, ScopsProcessOptions, ScopsProcessResult, SubmittedOrder } from '../types.js';
import { sendBandMath } from './band-math.js';
import { confirmOrder } from './confirm.js';
import { submitOrder } from './submit.js';
import { waitForOrder } from './watch.js';

/** Submits, confirms, finds, waits, downloads. */
export async function processOrder(
  context: ScopsContext,
  order: ScopsOrder,
  directory: string | URL,
  operation: string,
  options: ScopsProcessOptions,
  delivery: Delivery,
): Promise<ScopsProcessResult> {
  const { processingId: source = 'probe', bandMath } = options;
  if (source !== 'probe' && typeof source !== 'function')
    throw new Arguments(operation).invalid(
      "processingId must be 'probe' (the default: the server is asked for likely ids) or a function that gets the id from the mail",
    );
  requireObject(new Arguments(operation), order, 'order');
  if (bandMath !== undefined) checkBandMath(new Arguments(operation), bandMath);
  if ((order.bandMath ?? false) !== (bandMath !== undefined))
    throw new Arguments(operation).invalid('bandMath: true in the order and option bandMath belong together');
  const folder = toPath(directory, new Arguments(operation).label('directory'));
  const call = {
    ...(options.signal && { signal: options.signal }),
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  };
  const submitted = await submitOrder(context, order, operation, call, delivery);
  options.onOrder?.(submitted);
  if (bandMath !== undefined) await sendBandMath(context, submitted.configName, bandMath, operation, call, delivery);
  await confirmOrder(context, submitted.configName, operation, call, delivery);
  const processingId = await idOf(context, submitted, operation, options, source);
  options.onOrder?.(submitted, processingId);
  const status = await waitForOrder(context, processingId, operation, options);
  const downloads = downloadArchives(context, processingId, folder, operation, {
    ...options.download,
    onFailure: 'throw',
    ...call,
  });
  const files: ScopsProcessResult['files'] = [];
  for await (const file of downloads) if (file.status !== 'failed') files.push(file);
  return { order: submitted, processingId, status, files };
}

async function idOf(
  context: ScopsContext,
  submitted: SubmittedOrder,
  operation: string,
  options: ScopsProcessOptions,
  source: NonNullable<ScopsProcessOptions['processingId']>,
): Promise<string> {
  if (source === 'probe') {
    const { signal, timeoutMs } = options;
    return findId(context, submitted, operation, {
      ...options.find,
      ...(signal && { signal }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
  }
  const processingId = await source(submitted, options.signal);
  requireProcessingId(new Arguments(operation), processingId, context.project);
  return processingId;
}
