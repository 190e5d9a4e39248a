import type { SdcErrorInit } from '../../errors.js';
import type { OverwriteMode } from '../../types.js';
import { isDiskError } from '../files/system-error.js';
import { addressOf, type HttpRequest } from '../http/request.js';
import type { HttpResponse, ResponseHead } from '../http/response.js';
import type { Operation } from '../operation/operation.js';
import { diskFailed } from './failures.js';
import type { Semaphore } from '../util/locks.js';
import type { RetryBudget } from '../retry/repeat.js';
import type { Progress } from './progress.js';
import { digestOf } from './file/part-file.js';
import type { ExpectedFile, TransferRequest } from './types.js';

export interface Job<S> {
  readonly op: Operation;
  readonly request: TransferRequest<S>;
  /** Becomes `replace` where the target is found to be another file. */
  overwrite: OverwriteMode;
  readonly resume: boolean;
  /** How many ranges of a large file come side by side. Becomes 1 where the storage, or the file, does not allow it. */
  connections: number;
  /** The digest that the caller wants the file to have, in lower case. */
  readonly sha256: string | undefined;
  readonly idleTimeoutMs: number;
  readonly timeoutMs: number | undefined;
  /** Aborts with the caller's signal and with the end of the client. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** How many bodies may come at a time; files in preparation or completion hold none. */
  readonly slots: Semaphore | undefined;
  /** How many files may be at work whose name their answer tells: its connection stays open while they are prepared. */
  readonly unnamed: Semaphore | undefined;
  /** Tells where the file goes, as soon as its name is known. */
  readonly onTarget: ((path: string) => void) | undefined;
  /** Further attempts, for requests that fail and for bodies that break off alike. */
  readonly budget: RetryBudget;
  /** The state of the file at the target when it was judged; `undefined`: there was none. */
  judged?: string | undefined;
  /** Digest of its address, once that was needed. */
  source?: string;
  attempts: number;
  /** A body that failed its check was followed by another one. */
  mismatched: boolean;
}

export function initOf<S>(job: Job<S>, head?: ResponseHead): SdcErrorInit {
  const { op, request } = job;
  return {
    ...op.init(request.call),
    attempts: Math.max(1, job.attempts),
    ...(head === undefined ? {} : { url: op.redactor.url(head.url), status: head.status }),
  };
}

/** Works on the disk, and tells its failures as those of the download. */
export async function onDiskFor<S, T>(job: Job<S>, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isDiskError(error) ? diskFailed(initOf(job), path, error) : error;
  }
}

/** Waits for a place on the network; the result gives it back, once. */
export async function takeSlot<S>(job: Job<S>): Promise<() => void> {
  return job.slots === undefined ? (): void => undefined : job.slots.acquire(job.signal);
}

/** Sends the request, with further headers; accepts what a file can come with. */
export async function openBody<S>(job: Job<S>, headers: Record<string, string>): Promise<HttpResponse> {
  const { op, request } = job;
  const own = request.call.accept ?? ((status: number): boolean => status === 200 || status === 206);
  const ranged = 'range' in headers;
  const call: HttpRequest = {
    ...request.call,
    op,
    bulk: true,
    linked: true,
    budget: job.budget,
    headers: { 'accept-encoding': 'identity', ...request.call.headers, ...headers },
    accept: (status) => own(status) || (ranged && status === 416),
    signal: job.signal,
    timeoutMs: job.timeoutMs,
    idleTimeoutMs: job.idleTimeoutMs,
  };
  job.attempts += 1;
  return (request.open ?? ((sent: HttpRequest) => op.http.open(sent)))(call);
}

/** What a part's record calls the source of this download. */
export function sourceOf<S>(job: Job<S>): string {
  job.source ??= addressDigest(job);
  return job.source;
}

function addressDigest<S>(job: Job<S>): string {
  const url = addressOf(job.op.request(job.request.call), job.op.http.baseUrl);
  url.hash = '';
  return digestOf(url.href);
}

/** What the file must be, by the centre and by the caller; before an answer is there, what is known without it. */
export function expectedOf<S>({ request, sha256 }: Job<S>, head?: ResponseHead): ExpectedFile {
  const { expected } = request;
  const announced = typeof expected !== 'function' ? expected : head === undefined ? undefined : expected(head);
  return { ...announced, sha256: sha256 ?? announced?.sha256 };
}
