import { join } from 'node:path';
import { TransferError } from '../../errors.js';
import type { Answer } from '../http/call.js';
import type { Digests } from './digest.js';
import { withPart } from './failures.js';
import { fill } from './fill.js';
import { hold, type Hold } from './hold.js';
import type { Holder } from './holder.js';
import { initOf, onDiskFor, sourceOf, type Job } from './job.js';
import { partPaths, type PartPaths } from './part-file.js';
import { Part } from './part.js';
import { judgeOffer, judgeTarget, putInPlace, type Fetched } from './target.js';
import type { Refined } from './types.js';
import { verify } from './verify.js';

/** Gets a file into its place, under the lock of its part file. */
export async function fetchFile<S>(job: Job<S>, name: string, first: Answer | undefined): Promise<Fetched> {
  const { directory } = job.request;
  const paths = partPaths(directory, name);
  const held = await lockPart(job, paths);
  try {
    // Whoever had the lock before may have finished it.
    const there = held.waited ? await judgeTarget(job, join(directory, name)) : undefined;
    return there ?? (await fetchHeld(job, name, paths, held, first));
  } finally {
    await held.release();
  }
}

async function lockPart<S>(job: Job<S>, paths: PartPaths): Promise<Hold> {
  const busy = (holder: Holder | undefined): Error => {
    const who = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`;
    return new TransferError(
      `${paths.part} is held by ${who}, which makes no progress; end it or remove ${paths.lock}`,
      {
        ...initOf(job),
        retryable: true,
      },
    );
  };
  const settings = { signal: job.signal, patienceMs: job.idleTimeoutMs, partPath: paths.part, busy };
  return onDiskFor(job, paths.lock, () => hold(paths.lock, settings));
}

async function fetchHeld<S>(
  job: Job<S>,
  name: string,
  paths: PartPaths,
  held: Hold,
  first: Answer | undefined,
): Promise<Fetched> {
  const { expected } = job.request;
  const part = await onDiskFor(job, paths.part, () =>
    Part.open(paths, {
      source: sourceOf(job),
      resume: job.resume,
      withMd5: typeof expected === 'object' && expected.md5 !== undefined,
      signal: job.signal,
    }),
  );
  job.progress.resumedFromBytes = part.bytes;
  let resumed = false;
  let refused = false;
  try {
    const target = join(job.request.directory, name);
    const filled = await fill(job, part, first, async (head, totalBytes) =>
      job.overwrite === 'update' ? judgeOffer(job, target, head, totalBytes) : undefined,
    );
    if ('kind' in filled) {
      await part.leave(false);
      return filled;
    }
    resumed = filled.resumedFromBytes > 0;
    refused = true;
    const digests = await verify(job, part, filled.head);
    const refined = await job.request.refine?.(paths.part, job.signal);
    refused = false;
    job.signal.throwIfAborted();
    const file = { bytes: part.bytes, resumed, digests, head: filled.head, ...refinedOf(refined) };
    const placed = await placePart(job, name, paths, held, { bytes: file.bytes, sha256: file.digests.sha256 });
    await part.forget();
    if ('kind' in placed) {
      await part.leave(false);
      return placed;
    }
    return { kind: 'fetched', ...file, ...placed };
  } catch (error) {
    // What another process took over is no longer ours to judge or to remove.
    if (!(await held.stillOurs())) {
      await part.close().catch(() => undefined);
      throw error;
    }
    const kept = await part.leave(job.resume && !refused && isWorthKeeping(error));
    // What an earlier download left may have been spoiled since: the whole is asked for once more.
    if (refused && resumed && !job.signal.aborted) return await fetchHeld(job, name, paths, held, undefined);
    throw kept ? withPart(error, paths.part) : error;
  }
}

function refinedOf(refined: Refined | undefined): { bytes: number; digests: Digests } | undefined {
  return refined === undefined ? undefined : { bytes: refined.bytes, digests: { sha256: refined.sha256 } };
}

async function placePart<S>(
  job: Job<S>,
  name: string,
  paths: PartPaths,
  held: Hold,
  body: Refined,
): ReturnType<typeof putInPlace> {
  if (!(await held.stillOurs())) {
    throw new TransferError(`another process took over ${paths.part}; look whether it finished, and call again`, {
      ...initOf(job),
      retryable: true,
    });
  }
  return putInPlace(job, name, { path: paths.part, ...body });
}

/** What was received is a true beginning of the file, unless the failure says otherwise. */
function isWorthKeeping(error: unknown): boolean {
  return !(error instanceof TransferError) || error.retryable || error.cause !== undefined;
}
