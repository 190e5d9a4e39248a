import { poll } from '../../core/polling/poll.js';
import type { WaitOptions } from '../../types.js';
import type { SccOperation } from '../context.js';
import { measurementNotFound } from '../errors.js';
import { requireMeasurementId } from '../names/ids.js';
import { hasStarted, isActive, isPending, isSameState } from '../processing/state.js';
import type { Measurement } from '../types.js';
import { findMeasurement } from './find-measurement.js';

const APPEAR_MS = 300_000;
/** This many status checks, 5 minutes at the default interval, may show the run before a restart; with shorter intervals it waits less. */
const STALE_CHECKS = 30;

/** Watches the processing of a measurement: each change of state, the last one included (one API call per check). */
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
      if (stale < STALE_CHECKS && op.context.reruns.isStale(measurement, watched.appearMs)) {
        stale += 1;
        return false;
      }
      // One that was seen at work has begun, even where its modules do not show it.
      started ||= hasStarted(measurement);
      if (isPending(measurement)) pendingUntilMs = watched.elapsedMs;
      if (isActive(measurement)) return false;
      return started || watched.elapsedMs - pendingUntilMs >= watched.appearMs;
    },
    changed: (before, after) => !isSameState(before, after),
    describe: describeState,
    absent: () => measurementNotFound(op, checked),
    options,
    defaults: { appearMs: APPEAR_MS },
  });
}

function describeState(measurement: Measurement): string {
  if (measurement.isDelayed === true) return 'delayed until its scheduled time';
  if (measurement.isQueued === true) return 'queued';
  if (measurement.isProcessing) return 'being processed';
  return 'waiting, perhaps for a missing ancillary file';
}
