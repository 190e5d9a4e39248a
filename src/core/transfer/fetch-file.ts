import { join } from 'node:path';
import { TransferError } from '../../errors.js';
import type { Answer, AnswerHead } from '../http/call.js';
import type { Digests } from './digest.js';
import { withPart } from './failures.js';
import { fill } from './fill.js';
import { hold, type Hold } from './hold.js';
import type { Holder } from './holder.js';
import { initOf, onDiskFor, sourceOf, type Job } from './job.js';
import { partPaths, type PartPaths } from './part-file.js';
import { Part } from './part.js';
import { look, MOST_NAMES, place } from './place.js';
import type { Refined } from './types.js';
import { verify } from './verify.js';

/** What happened to a target. */
export type Fetched =
  | { readonly kind: 'skipped'; readonly path: string; readonly bytes: number }
  | {
      readonly kind: 'fetched';
      readonly path: string;
      readonly bytes: number;
      readonly resumed: boolean;
      readonly digests: Digests;
      readonly head: AnswerHead;
    };

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

/**
 * What is at the target already: to be skipped, or nothing in the way.
 *
 * @throws {@link TransferError} when it must not be touched.
 */
export async function judgeTarget<S>(job: Job<S>, path: string): Promise<Fetched | undefined> {
  const found = await onDiskFor(job, path, () => look(path));
  if (found.kind === 'none') return undefined;
  if (found.kind === 'other')
    throw new TransferError(
      `${path} is a directory or something else that is no file; remove it or choose another directory`,
      initOf(job),
    );
  if (job.overwrite === 'skip') return { kind: 'skipped', path, bytes: found.bytes };
  if (job.overwrite === 'error') throw taken(job, path);
  return undefined;
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
    const filled = await fill(job, part, first);
    resumed = filled.resumedFromBytes > 0;
    refused = true;
    const digests = await verify(job, part, filled.head);
    const refined = await job.request.refine?.(paths.part, job.signal);
    refused = false;
    job.signal.throwIfAborted();
    const path = await placePart(job, name, paths, held);
    await part.forget();
    if (path === undefined) return await yieldToOther(job, name, part);
    return { kind: 'fetched', path, bytes: part.bytes, resumed, digests, head: filled.head, ...refinedOf(refined) };
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

/** What was made meanwhile under the same name wins, unless it may be replaced. */
async function yieldToOther<S>(job: Job<S>, name: string, part: Part): Promise<Fetched> {
  await part.leave(false);
  const path = join(job.request.directory, name);
  const there = await judgeTarget(job, path);
  if (there !== undefined) return there;
  throw taken(job, path);
}

async function placePart<S>(job: Job<S>, name: string, paths: PartPaths, held: Hold): Promise<string | undefined> {
  const { directory } = job.request;
  if (!(await held.stillOurs())) {
    throw new TransferError(`another process took over ${paths.part}; look whether it finished, and call again`, {
      ...initOf(job),
      retryable: true,
    });
  }
  return onDiskFor(job, join(directory, name), () => place(paths.part, directory, name, job.overwrite));
}

function taken<S>(job: Job<S>, path: string): TransferError {
  const advice =
    job.overwrite === 'unique'
      ? `exists, and so does each numbered name beside it up to ${MOST_NAMES - 1}; move some of them, or choose another directory`
      : "exists; remove it, or choose overwrite 'replace', 'unique' or 'skip'";
  return new TransferError(`${path} ${advice}`, initOf(job));
}

/** What was received is a true beginning of the file, unless the failure says otherwise. */
function isWorthKeeping(error: unknown): boolean {
  return !(error instanceof TransferError) || error.retryable || error.cause !== undefined;
}
