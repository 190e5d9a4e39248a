import { join } from 'node:path';
import { TransferError } from '../../errors.js';
import type { OverwriteMode } from '../../types.js';
import type { ResponseHead } from '../http/response.js';
import { type Digests, digestOfFile } from './body/digest.js';
import { expectedOf, initOf, onDiskFor, type Job } from './job.js';
import { existingAt, MOST_NAMES, type ExistingPath } from './file/publish.js';

/** A target that stays as it is. */
export interface Skipped {
  readonly kind: 'skipped';
  readonly path: string;
  readonly bytes: number;
}

/** What happened to a target. */
export type Fetched =
  | Skipped
  | {
      readonly kind: 'fetched';
      readonly path: string;
      readonly bytes: number;
      readonly resumed: boolean;
      /** With `overwrite: 'update'`: another body had the name before. */
      readonly replaced: boolean;
      readonly digests: Digests;
      readonly head: ResponseHead;
    };

type ExistingTarget = Extract<ExistingPath, { kind: 'file' }>;

/**
 * What is at the target already: to be skipped, or no obstacle.
 *
 * @throws {@link TransferError} when it must not be touched.
 */
export async function judgeTarget<S>(job: Job<S>, path: string): Promise<Skipped | undefined> {
  return judge(job, path, await findTarget(job, path));
}

/**
 * Judges a target again that another download may have finished since; `undefined` where it has not changed, unless the room knows more
 * than its state.
 */
export async function judgeChange<S>(job: Job<S>, path: string): Promise<Skipped | undefined> {
  const found = await findTarget(job, path);
  const isSame = found?.state === job.judged && (job.overwrite !== 'update' || job.request.isCurrent === undefined);
  return isSame ? undefined : judge(job, path, found);
}

async function judge<S>(job: Job<S>, path: string, found: ExistingTarget | undefined): Promise<Skipped | undefined> {
  job.judged = found?.state;
  if (found === undefined) return undefined;
  if (job.overwrite === 'error') throw taken(job, path);
  const { beforeSkip } = job.request;
  if (job.overwrite === 'skip' && (await beforeSkip?.(path, job.signal)) === 'replace') job.overwrite = 'replace';
  const kept = job.overwrite === 'skip' || (job.overwrite === 'update' && (await isKnown(job, path, found)));
  return kept ? { kind: 'skipped', path, bytes: found.bytes } : undefined;
}

/** The target, where it is known to be what an answer offers: by the word of the room, or by length and digest. */
export async function judgeOffer<S>(
  job: Job<S>,
  path: string,
  head: ResponseHead,
  totalBytes: number | undefined,
): Promise<Skipped | undefined> {
  const found = await findTarget(job, path);
  if (found === undefined || (totalBytes !== undefined && totalBytes !== found.bytes)) return undefined;
  const known = await isKnown(job, path, found, head);
  return known ? { kind: 'skipped', path, bytes: found.bytes } : undefined;
}

/**
 * Gives a part that was checked its name, with `overwrite: 'update'` only where its body is another one than the target's.
 *
 * @returns the path, or what is at the target and stays.
 * @throws {@link TransferError} when the name is taken.
 */
export async function putInPlace<S>(
  job: Job<S>,
  name: string,
  part: {
    readonly bytes: number;
    readonly sha256: string;
    /** Gives the final name; `undefined` where it is taken. */
    readonly publish: (mode: OverwriteMode) => Promise<string | undefined>;
  },
): Promise<{ readonly path: string; readonly replaced: boolean } | Skipped> {
  const path = join(job.request.directory, name);
  const found = job.overwrite === 'update' ? await findTarget(job, path) : undefined;
  if (found?.bytes === part.bytes && (await digested(job, path, 'sha256')) === part.sha256)
    return { kind: 'skipped', path, bytes: found.bytes };
  const placed = await part.publish(found === undefined ? job.overwrite : 'replace');
  if (placed !== undefined) return { path: placed, replaced: found !== undefined };
  // A file that has appeared under the same name wins, unless it may be replaced.
  if (job.overwrite === 'update') return putInPlace(job, name, part);
  const there = await judgeTarget(job, path);
  if (there !== undefined) return there;
  throw taken(job, path);
}

async function findTarget<S>(job: Job<S>, path: string): Promise<ExistingTarget | undefined> {
  const found = await onDiskFor(job, path, () => existingAt(path));
  if (found.kind === 'other')
    throw new TransferError(
      `${path} is a directory or something else that is not a file; remove it or choose another directory`,
      initOf(job),
    );
  return found.kind === 'file' ? found : undefined;
}

async function isKnown<S>(
  job: Job<S>,
  path: string,
  { bytes, modifiedAt }: ExistingTarget,
  head?: ResponseHead,
): Promise<boolean> {
  if (job.sha256 !== undefined) return (await digested(job, path, 'sha256')) === job.sha256;
  const expected = expectedOf(job, head);
  if (expected.bytes !== undefined && expected.bytes !== bytes) return false;
  if ((await job.request.isCurrent?.({ path, bytes, modifiedAt }, head)) === true) return true;
  for (const algorithm of ['sha256', 'md5'] as const) {
    const digest = expected[algorithm]?.toLowerCase();
    if (digest !== undefined) return (await digested(job, path, algorithm)) === digest;
  }
  return false;
}

/** `undefined` for a target that has disappeared; one that cannot be read is fetched again. */
async function digested<S>(job: Job<S>, path: string, algorithm: 'md5' | 'sha256'): Promise<string | undefined> {
  try {
    return await digestOfFile(path, algorithm, job.signal);
  } catch {
    job.signal.throwIfAborted();
    return undefined;
  }
}

function taken<S>(job: Job<S>, path: string): TransferError {
  const advice =
    job.overwrite === 'unique'
      ? `exists, and so do the numbered names beside it up to ${MOST_NAMES - 1}; move some of them, or choose another directory`
      : "already exists; remove it, or set option overwrite to 'update', 'replace', 'unique' or 'skip'";
  return new TransferError(`${path} ${advice}`, initOf(job));
}
