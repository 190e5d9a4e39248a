import type { SimMeasurement, SimOutcome, SimRun, SimStage } from './model.js';
import { SIM_STAGES, STATUS } from './model.js';

/** How long the parts of a run take, in milliseconds of the simulator's clock. */
export interface Pace {
  readonly acceptMs: number;
  readonly queueMs: number;
  readonly moduleMs: number;
}

/** Which part of the chain runs. */
export type RunScope = 'all' | 'elpp' | 'optical';

/** The modules of a run; calibrations run ELPP and ELDEC only. */
export function stagesOf(scope: RunScope, isCalibration: boolean): readonly SimStage[] {
  if (scope === 'optical') return [isCalibration ? 'eldec' : 'elda'];
  if (isCalibration) return ['elpp', 'eldec'];
  return scope === 'elpp' ? ['elpp', 'elda'] : SIM_STAGES.filter((stage) => stage !== 'eldec');
}

/** What a module needs; it does not run where that failed. */
const NEEDS: Readonly<Partial<Record<SimStage, readonly SimStage[]>>> = {
  cloudmask: ['hirelpp'],
  elda: ['elpp'],
  eldec: ['elpp'],
  elic: ['hirelpp', 'elpp'],
  elquick: ['elpp'],
};

/** Starts a run: the statuses of its modules go back to "not executed". */
export function beginRun(measurement: SimMeasurement, run: SimRun): void {
  for (const stage of run.stages) {
    measurement.statuses[stage] = STATUS.notRun;
    measurement.exitCodes = Object.fromEntries(
      Object.entries(measurement.exitCodes).filter(([name]) => name !== stage),
    );
  }
  measurement.isProcessing = false;
  measurement.isQueued = false;
  measurement.isDelayed = false;
  measurement.run = run;
}

/** Brings a measurement to the state that it has at a moment. */
export function settle(measurement: SimMeasurement, now: number, pace: Pace): void {
  const { run } = measurement;
  if (run === undefined) return;
  measurement.isDelayed = now < run.notBefore && run.notBefore > run.since;
  const elapsed = now - Math.max(run.since + pace.acceptMs, run.notBefore);
  if (run.waitsFor.length > 0 || elapsed < 0) return;
  measurement.isQueued = elapsed < pace.queueMs;
  if (measurement.isQueued) return;

  let left = elapsed - pace.queueMs;
  for (const stage of run.stages) {
    const outcome = outcomeOf(run, stage, measurement);
    if (outcome.status === STATUS.notRun) continue;
    if (left < pace.moduleMs) {
      measurement.isProcessing = true;
      measurement.statuses[stage] = STATUS.running;
      return;
    }
    left -= pace.moduleMs;
    measurement.statuses[stage] = outcome.status;
    measurement.exitCodes[stage] = {
      exit_code: outcome.exitCode ?? (outcome.status === STATUS.ok ? 0 : 21),
      description: outcome.description ?? (outcome.status === STATUS.ok ? 'ok' : 'the module failed'),
    };
  }
  measurement.isProcessing = false;
  measurement.updated = new Date(now - left);
  measurement.lastRun = run.number;
  measurement.run = undefined;
}

function outcomeOf(run: SimRun, stage: SimStage, measurement: SimMeasurement): SimOutcome {
  const lacking = (NEEDS[stage] ?? []).some(
    (need) =>
      measurement.statuses[need] === STATUS.failed ||
      (run.stages.includes(need) && measurement.statuses[need] === STATUS.notRun),
  );
  return lacking ? { status: STATUS.notRun } : (run.outcomes[stage] ?? { status: STATUS.ok });
}
