import { AlreadyExists, isSdcError } from '../../errors.js';
import { baseName, besides } from '../../core/files/paths.js';
import { exists } from '../../core/files/stat-file.js';
import { defined } from '../../core/util/defined.js';
import { now } from '../../core/util/time.js';
import { deleteMeasurement } from '../calls/delete-measurement.js';
import { findMeasurement } from '../calls/find-measurement.js';
import { rerunProcessing } from '../calls/rerun-processing.js';
import { measurementNotFound } from '../errors.js';
import { isActive } from '../processing/state.js';
import { tookEffect } from '../site/outcome-unknown.js';
import { prepareNamed, type NamedUpload } from '../transfer/prepare-named.js';
import { uploadMeasurement } from '../transfer/upload-measurement.js';
import type { Measurement } from '../types.js';
import type { Entry } from './datalog.js';
import { note, writeStep, type Job } from './note.js';
import { whenStable } from './stable.js';

/**
 * Brings a measurement to the SCC, or finds it there, whatever an earlier run has begun. Nothing is sent before the datalog says that it will be, and nothing
 * that may have been sent before the SCC was asked for it.
 *
 * @returns its id; `undefined` for a file that is still being written, with `once`.
 */
export async function reachScc(job: Job): Promise<string | undefined> {
  const { datalog, uploads, signal } = job.station;
  const entry = datalog.get(job.name);
  if (entry?.measurementId !== undefined && (entry.step === 'uploaded' || entry.step === 'processing'))
    return entry.measurementId;
  const release = await uploads.acquire(signal);
  try {
    if (entry?.measurementId === undefined) return await begin(job, entry);
    const { measurementId: id } = entry;
    if (entry.step === 'rerunning') return await rerun(job, id);
    if (entry.step === 'sending' && (await hasArrived(job, id, entry))) {
      await note(job, 'uploaded', 'the SCC has it');
      return id;
    }
    if (entry.step === 'sending') return await sendAgain(job);
    if (entry.step === 'replacing') return await replace(job, id);
    return await begin(job, entry);
  } finally {
    release();
  }
}

async function begin(job: Job, entry: Entry | undefined): Promise<string | undefined> {
  const { op, plan } = job.station;
  const upload = await prepare(job);
  if (upload === undefined) return undefined;
  const { measurementId: id } = upload.prepared;
  await requireOwn(job, id);
  const found = await findMeasurement(op, id);
  if (found === undefined) return send(job, upload);
  if (plan.replace === true) {
    await writeStep(job, 'replacing', job.fingerprint ?? '', id);
    return replace(job, id, upload);
  }
  if (plan.rerun === true && !isActive(found)) {
    await writeStep(job, 'rerunning', job.fingerprint ?? '', id);
    return rerun(job, id, found);
  }
  if (plan.rerun !== true && entry?.sent === true)
    throw new AlreadyExists(`the SCC already has ${id}; use option replace to send the file again`, op.init());
  await writeStep(job, 'processing', `${job.fingerprint ?? ''}; the SCC already had it, so it was not sent`, id);
  return id;
}

/** Checks a file and finds those that it names, once none of them is being written any more. */
async function prepare(job: Job): Promise<NamedUpload | undefined> {
  const { op, plan, signal } = job.station;
  if (await exists(job.path)) {
    job.fingerprint = await whenStable(job.path, plan.stableMs, !plan.once, signal);
    if (job.fingerprint === undefined) return undefined;
  }
  const { delayHours, uploadTimeoutMs, settleMs } = plan;
  const options = defined({ signal, delayHours, uploadTimeoutMs, settleMs });
  const upload = await prepareNamed(op, job.path, { otherwise: plan.systemId }, options);
  for (const { path } of upload.prepared.ancillaries) await whenStable(path, plan.stableMs, true, signal);
  return upload;
}

/** Two files of one measurement would replace each other, or the second would never be sent. */
async function requireOwn({ station, name, path }: Job, id: string): Promise<void> {
  const { owners, op } = station;
  const owner = owners.get(id);
  if (owner !== undefined && owner !== name && (await exists(besides(path, owner))))
    throw op.arguments.invalid(`${owner} is also the measurement ${id}; keep only one of the two files: ${path}`);
  owners.set(id, name);
}

async function sendAgain(job: Job): Promise<string | undefined> {
  const upload = await prepare(job);
  return upload === undefined ? undefined : send(job, upload);
}

async function send(job: Job, { prepared, options }: NamedUpload): Promise<string> {
  const { op } = job.station;
  const { measurementId: id } = prepared;
  await writeStep(job, 'sending', job.fingerprint ?? '', id);
  try {
    const { ancillaries } = await op.changing((delivery) => uploadMeasurement(op, prepared, options, delivery));
    const sent = ancillaries.flatMap(({ file, sent: isSent }) => (isSent ? [baseName(file)] : []));
    await note(job, 'uploaded', sent.length === 0 ? '' : `with ${sent.join(', ')}`);
  } catch (error) {
    // It was not there a moment ago: what an earlier attempt sent has come after all.
    if (!isSdcError(error, 'exists')) throw error;
    await note(job, 'uploaded', 'the SCC has it');
  }
  return id;
}

/** Whether an upload of which the outcome is not known has arrived; one that was sent just now is given time. */
async function hasArrived({ station }: Job, id: string, { time }: Entry): Promise<boolean> {
  const { op, plan } = station;
  const passedMs = Math.max(0, now() - time.getTime());
  const leftMs = Math.max(0, plan.settleMs - passedMs);
  const isThere = async (): Promise<boolean> => (await findMeasurement(op, id)) !== undefined;
  return (await tookEffect(op, leftMs, isThere)) || isThere();
}

/** Deletes the measurement that is there, which can only be the one of before: the datalog does not say yet that another is sent. */
async function replace(job: Job, id: string, given?: NamedUpload): Promise<string | undefined> {
  const { op } = job.station;
  const upload = given ?? (await prepare(job));
  if (upload === undefined) return undefined;
  if ((await findMeasurement(op, id)) !== undefined) await deleteMeasurement(op, id, {});
  return send(job, upload);
}

async function rerun({ station: { op } }: Job, id: string, seen?: Measurement): Promise<string> {
  const found = seen ?? (await findMeasurement(op, id));
  if (found === undefined) throw measurementNotFound(op, id);
  if (!isActive(found)) await rerunProcessing(op, id, {});
  return id;
}
