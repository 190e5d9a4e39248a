import { isSdcError } from '../../errors.js';
import { sleep } from '../../core/util/time.js';
import type { Step } from './datalog-line.js';
import { endsStation, isLasting, pauseMs } from './failures.js';
import { follow } from './follow.js';
import { eventOf, note, writeStep, type Job } from './note.js';
import { reachScc } from './reach.js';

/** How the work on a file ended: it is done or failed for good (`settled`), nothing was sent, or it is left to the next start. */
export type JobEnd = 'settled' | 'unsent' | 'left';

/** Takes a file as far as it goes: to the SCC, through its processing, its products home. What may pass is tried again, with `once` by the next start. */
export async function workOn(job: Job): Promise<JobEnd> {
  const { op, plan, datalog, signal } = job.station;
  let before: Step | undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const id = await reachScc(job);
      if (id === undefined) return 'left';
      const outcome = await follow(job, id, attempt);
      if (outcome instanceof Error) await fail(job, outcome);
      else await note(job, 'done', outcome);
      return 'settled';
    } catch (error) {
      signal.throwIfAborted();
      op.assertOpen();
      if (datalog.failed || endsStation(error)) throw error;
      const failure = error instanceof Error ? error : new Error(String(error));
      if (isLasting(failure, attempt)) {
        await fail(job, failure);
        return datalog.get(job.name)?.sent === true ? 'settled' : 'unsent';
      }
      await writeStep(job, stepAfter(datalog.get(job.name)?.step, failure), failure.message);
      if (plan.once) {
        job.station.tell(eventOf(job, 'failed', failure));
        return 'left';
      }
      const step = datalog.get(job.name)?.step;
      if (step !== before) attempt = 1;
      before = step;
      op.warn(`${job.name}: ${failure.message}; trying again`);
      await sleep(pauseMs(failure, attempt, plan.pollIntervalMs), signal);
    }
  }
}

/** Where the next attempt begins: at the step that failed, or from the start where nothing was taken. */
function stepAfter(step: Step | undefined, failure: Error): Step {
  if (step === 'sending' && isSdcError(failure) && failure.delivered === 'no') return 'later';
  return step === undefined || step === 'done' || step === 'failed' ? 'later' : step;
}

async function fail(job: Job, error: Error): Promise<void> {
  await writeStep(job, 'failed', error.message);
  job.station.tell(eventOf(job, 'failed', error));
}
