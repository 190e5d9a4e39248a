import { exitWords, hasStarted } from '../../scc/for-command.js';
import type { Measurement, SCC } from '../../scc/index.js';
import { WAIT_OPTIONS } from '../command/common-options.js';
import type { Context } from '../command/context.js';
import type { OptionSpec } from '../command/option-spec.js';
import { waitOptions } from '../command/wait.js';

/** Options of commands that wait for the SCC. */
export const SCC_WAIT_OPTIONS: readonly OptionSpec[] = [
  ...WAIT_OPTIONS,
  {
    flags: '--start-deadline <minutes>',
    text: 'longest wait for the first module to start; default 5',
    number: { min: 0.001, max: 100_000 },
  },
];

/** Waits for the end of the processing, good or bad, and tells of each change. */
export async function waitUntilEnded(
  context: Context,
  scc: SCC,
  id: string,
  say: (text: string) => void = context.note,
): Promise<Measurement> {
  let last: Measurement | undefined;
  for await (const measurement of scc.watchProcessing(id, waitOptions(context))) {
    last = measurement;
    say(`${id}: ${stateOf(measurement)}`);
  }
  return last ?? scc.getMeasurement(id, { signal: context.signal });
}

/** Which modules failed, or that none has begun, in words; `undefined` where all is well. */
export function failureOf(measurement: Measurement): Error | undefined {
  const { id, products } = measurement;
  const failed = Object.entries(products).filter(([, { status }]) => status === 'error');
  if (failed.length === 0 && hasStarted(measurement)) return undefined;
  if (failed.length === 0)
    return new Error(
      `no module of ${id} was started; perhaps an ancillary file is missing (a radiosonde?), or it is delayed`,
    );
  const words = failed.map(([module, state]) => `${module}${exitWords(state)}`);
  return new Error(`the processing of ${id} failed in ${words.join(', ')}`);
}

/** Where a measurement is in the chain, in one line. */
export function stateOf(measurement: Measurement): string {
  const modules = Object.entries(measurement.products).filter(
    ([, { status }]) => status !== 'not-run' && status !== 'unknown',
  );
  const words = modules.map(([module, { status }]) => `${module} ${status}`).join(', ');
  return `${stageOf(measurement, hasStarted(measurement))}${words === '' ? '' : `; ${words}`}`;
}

function stageOf({ isProcessing, isQueued, isDelayed }: Measurement, started: boolean): string {
  if (isProcessing) return 'processing';
  if (isQueued === true) return 'queued';
  if (isDelayed === true) return 'delayed';
  return started ? 'ended' : 'not started';
}
