import { defined } from '../util/defined.js';
import { basename, join } from 'node:path';
import type { DownloadedFile, DownloadOptions } from '../../types.js';
import type { HttpResponse } from '../http/response.js';
import type { Arguments } from '../operation/arguments.js';
import type { Operation } from '../operation/operation.js';
import type { Semaphore } from '../util/locks.js';
import { unlinked } from '../util/signal.js';
import { downloadLocked } from './download-locked.js';
import { isNameOfPart, safeFileName } from './file/file-name.js';
import { initOf, openBody, takeSlot, type Job } from './job.js';
import { clearLeftovers } from './file/leftovers.js';
import { OVERWRITE_MODES } from '../operation/shared-options.js';
import { partPaths } from './file/part-file.js';
import { Progress, type FileCount } from './progress.js';
import { judgeTarget, type Fetched } from './target.js';
import type { TransferRequest } from './types.js';
import { MAX_TIMER_MS } from '../util/time.js';

/** What the files of one call share. */
export interface Batch {
  readonly files: FileCount;
  /** The signal of its files ends with the client already. */
  readonly linked?: boolean;
  readonly slots?: Semaphore;
  /** Those of them whose name their answer tells. */
  readonly unnamed?: Semaphore;
  /** Called with the path of a file, as soon as its name is known. */
  readonly onTarget?: (path: string) => void;
}

/**
 * Downloads one file: into a part file next to the target, checked, and renamed when it is correct.
 *
 * @throws TypeError or RangeError for a bad option, before any request.
 * @throws {@link TransferError} when the body was cut, failed its check or could not be written; `partPath` is set
 * when the next call can go on from there.
 * @throws {@link TimeoutError} when the body went silent, and whatever the transport rejects with.
 */
export async function downloadOne<S>(
  op: Operation,
  request: TransferRequest<S>,
  options: DownloadOptions = {},
  batch: Batch = { files: { done: 0, total: 1 } },
): Promise<DownloadedFile<S>> {
  const { call } = request;
  op.assertOpen();
  const checked = checkOptions(options, op.arguments);
  const { signal = op.signal } = options;
  const link =
    batch.linked === true && signal !== undefined && call.signal === undefined
      ? unlinked(signal)
      : op.lifetime.link(op, signal, call.signal);
  const progress = new Progress(options.onProgress, batch.files);
  try {
    link.signal.throwIfAborted();
    const job: Job<S> = {
      op,
      request,
      ...checked,
      idleTimeoutMs: options.idleTimeoutMs ?? call.idleTimeoutMs ?? op.idleTimeoutMs,
      timeoutMs: options.timeoutMs ?? op.timeoutMs ?? call.timeoutMs,
      signal: link.signal,
      progress,
      slots: batch.slots,
      unnamed: batch.unnamed,
      onTarget: batch.onTarget,
      budget: { left: options.retries ?? op.retries },
      attempts: 0,
      mismatched: false,
    };
    const fetched = await run(job);
    const afterwards = await request.onPlaced?.(fetched.path, link.signal);
    progress.name = basename(fetched.path);
    progress.end(fetched.bytes);
    return { ...resultOf(job, fetched), ...afterwards };
  } catch (error) {
    link.signal.throwIfAborted();
    throw error;
  } finally {
    progress.stop();
    link.dispose();
  }
}

/**
 * Checks the options that all downloads share.
 *
 * @throws TypeError or RangeError
 */
export function checkOptions(
  options: DownloadOptions,
  args: Arguments,
): Pick<Job<unknown>, 'overwrite' | 'resume' | 'sha256' | 'connections'> {
  const overwrite = args.oneOf(options.overwrite ?? 'skip', 'overwrite', OVERWRITE_MODES);
  for (const name of ['timeoutMs', 'idleTimeoutMs'] as const) {
    const value = options[name];
    if (value !== undefined) args.number(value, name, { min: 1, max: MAX_TIMER_MS });
  }
  const { onProgress } = options;
  if (onProgress !== undefined && typeof onProgress !== 'function') throw args.invalid('onProgress must be a function');
  const { resume = true, sha256, connections = 1 } = options;
  // A file that must have a digest is kept for that alone, and replaced where it has another.
  const kept = overwrite === 'skip' && sha256 !== undefined ? 'update' : overwrite;
  return { overwrite: kept, resume, sha256: sha256?.toLowerCase(), connections };
}

async function run<S>(job: Job<S>): Promise<Fetched> {
  const { request } = job;
  if (typeof request.name === 'string') {
    const name =
      request.exactName === true ? oneName(request.name, job.op.arguments) : safeFileName(request.name, 'download');
    return toTarget(job, name, undefined);
  }
  await prepare(job);
  const done = await job.unnamed?.acquire(job.signal);
  try {
    const first = await openFirst(job);
    try {
      return await toTarget(job, safeFileName(request.name(first), 'download'), first);
    } finally {
      await first.discard();
    }
  } finally {
    done?.();
  }
}

/** Loads what comes after the body, before anything is asked for. */
async function prepare<S>(job: Job<S>): Promise<void> {
  await job.request.check?.load?.(initOf(job));
  await job.request.load?.(initOf(job));
}

async function openFirst<S>(job: Job<S>): Promise<HttpResponse> {
  const leave = await takeSlot(job);
  try {
    return await openBody(job, {});
  } finally {
    leave();
  }
}

function oneName(name: string, args: Arguments): string {
  if (name === '' || name === '.' || name === '..' || /[/\0]/u.test(name))
    throw args.invalid(`${JSON.stringify(name)} is not a file name`);
  if (isNameOfPart(name))
    throw args.invalid(
      `${JSON.stringify(name)} is a name for files that are still being downloaded; choose another one`,
    );
  return name;
}

async function toTarget<S>(job: Job<S>, name: string, first: HttpResponse | undefined): Promise<Fetched> {
  const { directory } = job.request;
  job.progress.name = name;
  const target = join(directory, name);
  job.onTarget?.(target);
  const there = await judgeTarget(job, target);
  if (there === undefined) {
    await prepare(job);
    return downloadLocked(job, name, first);
  }
  await clearLeftovers(target, partPaths(directory, name));
  return there;
}

function resultOf<S>(job: Job<S>, fetched: Fetched): DownloadedFile<S> {
  const { op, request } = job;
  const { path, bytes } = fetched;
  if (fetched.kind === 'skipped') {
    return { status: 'skipped', path, bytes, url: initOf(job).url ?? '', source: request.source };
  }
  const { head, digests } = fetched;
  return {
    status: statusOf(fetched),
    path,
    bytes,
    sha256: digests.sha256,
    url: op.redactor.url(head.url),
    ...defined({ contentType: head.contentType }),
    source: request.source,
  };
}

function statusOf({ replaced, resumed }: Extract<Fetched, { kind: 'fetched' }>): DownloadedFile['status'] {
  if (replaced) return 'updated';
  return resumed ? 'resumed' : 'downloaded';
}
