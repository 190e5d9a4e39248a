import { ProcessingFailed } from '../../errors.js';
import { poll } from '../../core/polling/poll.js';
import type { WaitOptions } from '../../types.js';
import { findMeasurement, measurementNotFound } from '../measurements/read.js';
import type { SccOperation } from '../context.js';
import { SCC_MODULES } from '../routes.js';
import { requireMeasurementId } from '../names/ids.js';
import { exitWords, hasStarted, isActive, isPending } from '../processing/state.js';
import { fingerprint } from '../processing/reruns.js';
import type { Measurement, SccModule } from '../types.js';

const APPEAR_MS = 300_000;
/** So many looks, 5 minutes at the default pace, may show the run before a restart; who looks more often waits less. */
const STALE_LOOKS = 30;

/** Watches the processing of a measurement: each change of state, the last one included (one API call a look). */
export async function* watchProcessing(
  op: SccOperation,
  id: string,
  options: WaitOptions<Measurement>,
): AsyncGenerator<Measurement, void, undefined> {
  const checked = requireMeasurementId(op.arguments, id);
  let started = false;
  let pendingUntilMs = 0;
  let stale = 0;
  yield* poll<Measurement>({
    init: op.init(),
    log: op.log,
    read: (signal) => findMeasurement(op.with({ signal }), checked),
    isFinal: (measurement, watched) => {
      if (stale < STALE_LOOKS && op.context.reruns.isStale(measurement, watched.appearMs)) {
        stale += 1;
        return false;
      }
      // One that was seen at work has begun, even where its modules do not show it.
      started ||= hasStarted(measurement);
      if (isPending(measurement)) pendingUntilMs = watched.elapsedMs;
      if (isActive(measurement)) return false;
      return started || watched.elapsedMs - pendingUntilMs >= watched.appearMs;
    },
    changed: (before, after) => fingerprint(before) !== fingerprint(after),
    describe: (measurement) => describeState(measurement),
    absent: () => measurementNotFound(op, checked),
    options,
    defaults: { appearMs: APPEAR_MS },
  });
}

/** Waits for the end of the processing. */
export async function waitForProcessing(
  op: SccOperation,
  id: string,
  options: WaitOptions<Measurement>,
): Promise<Measurement> {
  let last: Measurement | undefined;
  for await (const measurement of watchProcessing(op, id, options)) last = measurement;
  if (last === undefined) throw measurementNotFound(op, id);
  const failed = failedModules(last);
  if (failed.length === 0 && hasStarted(last)) return last;
  throw processingFailed(op, last);
}

/** The error for processing that ended badly, or never began. */
export function processingFailed(op: SccOperation, measurement: Measurement): ProcessingFailed<Measurement> {
  const failed = failedModules(measurement);
  const words =
    failed.length === 0
      ? `nothing of ${measurement.id} was started; perhaps an ancillary file is missing, or the measurement is delayed`
      : `${measurement.id} ended with errors: ${failed.map((module) => moduleWords(measurement, module)).join('; ')}`;
  return new ProcessingFailed(words, { ...op.init(), state: measurement });
}

function failedModules({ products }: Measurement): SccModule[] {
  return SCC_MODULES.filter((module) => products[module].status === 'error');
}

function moduleWords({ products }: Measurement, module: SccModule): string {
  return `${module}${exitWords(products[module])}`;
}

/** The state in a few words. */
function describeState(measurement: Measurement): string {
  if (measurement.isDelayed === true) return 'delayed, it waits for its time';
  if (measurement.isQueued === true) return 'queued';
  if (measurement.isProcessing) return 'being processed';
  return 'waiting, perhaps for a missing ancillary file';
}
