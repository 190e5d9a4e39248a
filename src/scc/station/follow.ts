import { watchProcessing } from '../calls/watch-processing.js';
import { measurementNotFound } from '../errors.js';
import { failedModules, hasStarted, isActive, processingFailed } from '../processing/state.js';
import type { Measurement } from '../types.js';
import { note, type Job } from './note.js';
import { fetchProducts } from './products.js';

/**
 * Watches a measurement to the end of its processing, and fetches what it has finished, also where a module failed.
 *
 * @returns what is there, in words; or why it failed for good.
 * @throws what may pass.
 */
export async function follow(job: Job, id: string, attempt: number): Promise<string | Error> {
  const { op, plan, signal, datalog } = job.station;
  // Until it is seen at work a run that was asked for again may not have begun: killed now, it is asked for once more.
  let told = false;
  let last: Measurement | undefined;
  const { pollIntervalMs, deadlineMs } = plan;
  for await (const measurement of watchProcessing(op, id, { signal, pollIntervalMs, deadlineMs })) {
    last = measurement;
    if (told || (datalog.get(job.name)?.step === 'rerunning' && !isActive(measurement))) continue;
    told = true;
    await note(job, 'processing', messageOf(job));
  }
  if (last === undefined) throw measurementNotFound(op, id);
  const { files, lacking } = await fetchProducts(job.station, last, attempt);
  if (failedModules(last).length > 0 || !hasStarted(last)) return processingFailed(op, last);
  return lacking[0] ?? (files === 1 ? '1 file' : `${files} files`);
}

/** One that was not sent by this station keeps the line that says so. */
function messageOf({ station, name }: Job): string {
  const entry = station.datalog.get(name);
  return entry?.step === 'processing' ? entry.message : '';
}
