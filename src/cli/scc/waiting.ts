import type { Measurement, SCC } from '../../scc/index.js';
import type { Context } from '../command/context.js';
import { waitOptions } from '../command/wait.js';

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

/** Which modules failed, in words; `undefined` where all is well. */
export function failureOf({ id, products }: Measurement): Error | undefined {
  const failed = Object.entries(products).filter(([, { status }]) => status === 'error');
  if (failed.length === 0) return undefined;
  const words = failed.map(([module, { exitCode, message }]) => {
    const code = exitCode === undefined ? '' : ` (exit code ${exitCode}${message === undefined ? '' : `, ${message}`})`;
    return `${module}${code}`;
  });
  return new Error(`the processing of ${id} failed in ${words.join(', ')}`);
}

/** Where a measurement is in the chain, in one line. */
export function stateOf(measurement: Measurement): string {
  const modules = Object.entries(measurement.products).filter(([, { status }]) => status !== 'not-run');
  const started = modules.some(([module]) => module !== 'upload');
  const words = modules.map(([module, { status }]) => `${module} ${status}`).join(', ');
  return `${stageOf(measurement, started)}${words === '' ? '' : `; ${words}`}`;
}

function stageOf({ isProcessing, isQueued, isDelayed }: Measurement, started: boolean): string {
  if (isProcessing) return 'processing';
  if (isQueued === true) return 'queued';
  if (isDelayed === true) return 'delayed';
  return started ? 'ended' : 'not started';
}
