import { join } from 'node:path';
import { TransferError } from '../../errors.js';
import type { OverwriteMode } from '../../types.js';
import type { HttpResponse } from '../http/response.js';
import type { Digests } from './body/digest.js';
import { isMisfit, withPart } from './failures.js';
import { fetchBody } from './body/fetch-body.js';
import { putBack, withdraw } from './file/aside.js';
import { acquireLock, type Lock } from './file/lock.js';
import type { LockOwner } from './file/lock-owner.js';
import { initOf, onDiskFor, sourceOf, takeSlot, type Job } from './job.js';
import { dropPlaced } from './file/leftovers.js';
import { partPaths, type PartPaths } from './file/part-file.js';
import { Part } from './file/part.js';
import { publish } from './file/publish.js';
import { judgeChange, judgeOffer, putInPlace, type Fetched } from './target.js';
import { verify } from './body/verify.js';

/** Gets a file into its place, under the lock of its part file. */
export async function downloadLocked<S>(job: Job<S>, name: string, first: HttpResponse | undefined): Promise<Fetched> {
  const { directory } = job.request;
  const paths = partPaths(directory, name);
  const held = await lockPart(job, paths);
  try {
    // Another download may have finished it while this one waited for the lock and a slot.
    const target = join(directory, name);
    const there = await judgeChange(job, target);
    if (there !== undefined) await dropPlaced(target, paths).catch(() => undefined);
    if (there !== undefined) return there;
    const fetched = await fetchHeld(job, name, paths, held, { first, leaveSlot: held.leaveSlot });
    if (fetched.kind === 'fetched')
      await job.request.onFetched?.({ bytes: fetched.bytes, sha256: fetched.digests.sha256 });
    return fetched;
  } finally {
    await held.release();
  }
}

async function lockPart<S>(job: Job<S>, paths: PartPaths): Promise<Lock> {
  const busy = (holder: LockOwner | undefined): Error => {
    const who = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`;
    return new TransferError(
      `${paths.part} is locked by ${who}, which makes no progress; stop it, or remove ${paths.lock}`,
      {
        ...initOf(job),
        retryable: true,
      },
    );
  };
  const settings = { signal: job.signal, patienceMs: job.idleTimeoutMs, partPath: paths.part, busy };
  return onDiskFor(job, paths.lock, () => acquireLock(paths.lock, { ...settings, takeSlot: () => takeSlot(job) }));
}

async function fetchHeld<S>(
  job: Job<S>,
  name: string,
  paths: PartPaths,
  held: Lock,
  given: { readonly first?: HttpResponse | undefined; readonly leaveSlot?: () => void },
): Promise<Fetched> {
  const { expected } = job.request;
  const part = await onDiskFor(job, paths.part, () =>
    Part.open(paths, {
      source: sourceOf(job),
      resume: job.resume,
      withMd5: typeof expected === 'object' && expected.md5 !== undefined,
      signal: job.signal,
      tookOver: held.tookOver,
      isHeld: () => held.isHeld(),
    }),
  );
  job.progress.resumedFromBytes = part.there;
  let resumed = false;
  let refused = false;
  try {
    const target = join(job.request.directory, name);
    const filled = await fetchBody(job, part, given.first, {
      leaveSlot: given.leaveSlot,
      judgeOffer: async (head, totalBytes) =>
        job.overwrite === 'update' ? judgeOffer(job, target, head, totalBytes) : undefined,
      onBody: (comes) => {
        held.waitsForBytes = comes;
      },
    });
    if ('kind' in filled) {
      await part.leave(false);
      return filled;
    }
    resumed = filled.resumedFromBytes > 0;
    refused = true;
    const digests = await verify(job, part, filled.head);
    const refined = await transformPart(job, part, held);
    refused = false;
    job.signal.throwIfAborted();
    const file = { bytes: part.bytes, resumed, digests, head: filled.head, ...refined };
    const placed = await putInPlace(job, name, {
      bytes: file.bytes,
      sha256: file.digests.sha256,
      publish: (mode) => publishPart(job, name, part, held, mode),
    });
    if ('kind' in placed) {
      await part.leave(false);
      return placed;
    }
    await part.forget();
    return { kind: 'fetched', ...file, ...placed };
  } catch (error) {
    // A part that another process took over is no longer ours to judge or to remove.
    if (!(await held.isHeld())) {
      await part.close().catch(() => undefined);
      throw error;
    }
    const kept = await part.leave(job.resume && !refused && isWorthKeeping(error));
    // What an earlier download left may have been spoiled since, and ranges may have been mixed up: the whole is asked for once more.
    const isDoubtful = resumed || job.connections > 1;
    job.connections = 1;
    if (refused && isDoubtful && !job.signal.aborted) return await fetchHeld(job, name, paths, held, {});
    if (mayBeFetchedAgain(job, error)) return await fetchHeld(job, name, paths, held, {});
    throw kept ? withPart(error, paths.part) : error;
  }
}

/** Makes the part into what was asked for; it is another file then. */
async function transformPart<S>(
  job: Job<S>,
  part: Part,
  held: Lock,
): Promise<{ readonly bytes: number; readonly digests: Digests } | undefined> {
  if (job.request.transform === undefined) return undefined;
  if (!(await held.isHeld())) throw takenOver(job, part);
  const refined = await job.request.transform(part.paths.part, job.signal);
  if (refined === undefined) return undefined;
  await onDiskFor(job, part.paths.part, () => part.adopt());
  return { bytes: refined.bytes, digests: { sha256: refined.sha256 } };
}

/** Gives the part the final name, or leaves it where it was and gives `undefined`, where that name is taken. */
async function publishPart<S>(
  job: Job<S>,
  name: string,
  part: Part,
  held: Lock,
  mode: OverwriteMode,
): Promise<string | undefined> {
  const { directory } = job.request;
  if (!(await held.isHeld())) throw takenOver(job, part);
  return onDiskFor(job, join(directory, name), async () => {
    const aside = await withdraw(part.paths, part.handle);
    if (aside === undefined) throw takenOver(job, part);
    let placed: string | undefined;
    try {
      placed = await publish(aside, directory, name, mode);
    } finally {
      // Clean-up must not hide how it went.
      if (placed === undefined) await putBack(part.paths, aside, await held.isHeld()).catch(() => undefined);
    }
    return placed;
  });
}

function takenOver<S>(job: Job<S>, part: Part): TransferError {
  return new TransferError(`another process took over ${part.paths.part}; check whether it finished, and call again`, {
    ...initOf(job),
    retryable: true,
  });
}

/** A body that failed its check, where the room knows that another one may be right; once. */
function mayBeFetchedAgain<S>(job: Job<S>, error: unknown): boolean {
  if (job.mismatched || job.signal.aborted || job.request.onMismatch !== 'again' || !isMisfit(error)) return false;
  job.mismatched = true;
  return true;
}

/** What was received is a true beginning of the file, unless the failure says otherwise. */
function isWorthKeeping(error: unknown): boolean {
  return !(error instanceof TransferError) || error.retryable || error.cause !== undefined;
}
