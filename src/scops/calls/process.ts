import { toPath } from '../../core/files/paths.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { checkBandMath } from '../band-math/fields.js';
import type { ScopsOperation } from '../context.js';
import { requireProcessingId } from '../names/ids.js';
import type { ScopsOrder, ScopsProcessOptions, ScopsProcessResult, SubmittedOrder } from '../types.js';
import { confirm } from './confirm.js';
import { download } from './download.js';
import { findProcessingId } from './find-processing-id.js';
import { submitBandMath } from './submit-band-math.js';
import { submit } from './submit.js';
import { waitFor } from './wait-for.js';

export async function process(
  op: ScopsOperation,
  order: ScopsOrder,
  directory: string | URL,
  options: ScopsProcessOptions,
  delivery: Delivery,
): Promise<ScopsProcessResult> {
  const { processingId: source = 'probe', bandMath } = options;
  if (bandMath !== undefined) checkBandMath(op.arguments, bandMath);
  if ((order.bandMath ?? false) !== (bandMath !== undefined))
    throw op.arguments.invalid('bandMath: true in the order and option bandMath must be used together');
  const folder = toPath(directory, op.arguments.label('directory'));
  const submitted = await submit(op, order, {}, delivery);
  options.onOrder?.(submitted);
  if (bandMath !== undefined) await submitBandMath(op, submitted.configName, bandMath, delivery);
  await confirm(op, submitted.configName, delivery);
  const processingId = await idOf(op, submitted, options, source);
  options.onOrder?.(submitted, processingId);
  const status = await waitFor(op, processingId, options);
  const downloads = download(op, processingId, folder, {
    ...options.download,
    onFailure: 'throw',
    ...op.callOptions,
  });
  const files: ScopsProcessResult['files'] = [];
  for await (const file of downloads) if (file.status !== 'failed') files.push(file);
  return { order: submitted, processingId, status, files };
}

async function idOf(
  op: ScopsOperation,
  submitted: SubmittedOrder,
  options: ScopsProcessOptions,
  source: NonNullable<ScopsProcessOptions['processingId']>,
): Promise<string> {
  if (source === 'probe') return findProcessingId(op, submitted, options.find ?? {});
  const processingId = await source(submitted, op.signal);
  requireProcessingId(op.arguments, processingId, op.context.project);
  return processingId;
}
