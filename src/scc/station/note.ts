import type { StationEvent } from '../types.js';
import type { Step } from './datalog-line.js';
import type { Station } from './plan.js';

/** One file of a station. */
export interface Job {
  readonly station: Station;
  /** Without its folder, as in the datalog. */
  readonly name: string;
  readonly path: string;
  /** The file as it was taken up. */
  fingerprint?: string | undefined;
}

/** Writes a step into the datalog, then tells it. */
export async function note(job: Job, step: StationEvent['state'], message: string): Promise<void> {
  await writeStep(job, step, message);
  job.station.tell(eventOf(job, step));
}

/** Writes a step into the datalog, for the next start. */
export async function writeStep(job: Job, step: Step, message: string, id?: string): Promise<void> {
  const { datalog } = job.station;
  const measurementId = id ?? datalog.get(job.name)?.measurementId;
  await datalog.write({ file: job.name, step, message, measurementId });
}

/** What is told of a file. */
export function eventOf({ station, name, path }: Job, state: StationEvent['state'], error?: Error): StationEvent {
  const measurementId = station.datalog.get(name)?.measurementId;
  return { file: path, state, ...(measurementId !== undefined && { measurementId }), ...(error && { error }) };
}
