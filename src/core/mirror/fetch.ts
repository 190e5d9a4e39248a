import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { isSdcError, type SdcError } from '../../errors.js';
import type { DownloadedFile, MirroredFile } from '../../types.js';
import { digestOfFile } from '../transfer/body/digest.js';
import { downloadMany } from '../transfer/download-many.js';
import { onDisk } from '../transfer/failures.js';
import { partPaths } from '../transfer/file/part-file.js';
import type { TransferRequest } from '../transfer/types.js';
import { now } from '../util/time.js';
import type { Run } from './context.js';
import type { Difference } from './disk.js';
import { toLocal } from './local-path.js';
import type { ManifestEntry } from './manifest-line.js';
import { recordNotOffered } from './not-offered.js';
import { withQuery } from './origin.js';
import type { Candidate } from './plan.js';
import type { SourceRun } from './source-run.js';
import { throttled, TokenBucket } from './throttle.js';

/** A file that is to be fetched. */
export interface Wanted {
  readonly candidate: Candidate;
  readonly source: SourceRun;
  /** Its line, when the run began. */
  readonly entry: ManifestEntry | undefined;
  /** How the file here differed from that line. */
  readonly difference: Difference | undefined;
}

/** Fetches files, several at a time; each is in the manifest before another process can ask for it. */
export async function* fetchAll(run: Run, wanted: readonly Wanted[]): AsyncGenerator<MirroredFile, void, undefined> {
  const { op, options, counts } = run;
  const { concurrency, connections, resume, onProgress, overwrite = 'update', maxBytesPerSecond } = options;
  const bucket = maxBytesPerSecond === undefined ? undefined : new TokenBucket(maxBytesPerSecond);
  const downloads = downloadMany(op, requests(run, wanted, bucket), {
    ...op.callOptions,
    overwrite,
    onFailure: 'yield',
    total: wanted.length,
    ...(concurrency !== undefined && { concurrency }),
    ...(connections !== undefined && { connections }),
    ...(resume !== undefined && { resume }),
    ...(onProgress !== undefined && { onProgress }),
  });
  const absent: Absent[] = [];
  let others = counts.unchanged > 0;
  for await (const done of downloads) {
    const { candidate } = done.source;
    const result = done.status === 'failed' ? done : await settle(run, done);
    if (result.status !== 'failed') {
      others = true;
      counts[result.status] += 1;
      if (result.status !== 'unchanged') {
        counts.bytes += result.bytes ?? 0;
        await options.run?.(result);
      }
      yield result;
      continue;
    }
    if (candidate.mayBeMissing === true && isSdcError(result.error, 'not-available')) {
      op.warn(`the centre does not offer ${candidate.path} after all; it is left out`);
      absent.push({ wanted: done.source, error: result.error });
    } else yield failed(run, done.source, result.error);
  }
  // Where none of several is there, it is not the files that are missing: a site under maintenance answers everything with a page.
  if (!others && absent.length > 1) for (const { wanted: one, error } of absent) yield failed(run, one, error);
  else
    await recordNotOffered(
      run,
      absent.map(({ wanted: one }) => one),
    );
}

/** A file that was left out, and why. */
interface Absent {
  readonly wanted: Wanted;
  readonly error: SdcError;
}

function failed({ options, counts }: Run, { candidate, source }: Wanted, error: SdcError): MirroredFile {
  source.failed(candidate.datedAt);
  if (options.onFailure === 'throw') throw error;
  counts.failed += 1;
  return { status: 'failed', path: candidate.path, source: candidate.file, error };
}

/** Those that another process is at just now come last: by then it is done with them. */
async function* requests(
  run: Run,
  wanted: readonly Wanted[],
  bucket: TokenBucket | undefined,
): AsyncGenerator<TransferRequest<Wanted>, void, undefined> {
  const later: Wanted[] = [];
  for (const one of wanted) {
    const local = toLocal(run.plan.directory, one.candidate.path);
    if (existsSync(partPaths(dirname(local), basename(local)).lock)) later.push(one);
    else yield requestOf(run, one, bucket);
  }
  for (const one of later) yield requestOf(run, one, bucket);
}

function requestOf(run: Run, wanted: Wanted, bucket: TokenBucket | undefined): TransferRequest<Wanted> {
  const { op, plan, manifest } = run;
  const { candidate, difference } = wanted;
  const request = candidate.request();
  const { isCurrent } = request;
  const local = toLocal(plan.directory, candidate.path);
  const open = request.open ?? ((call) => op.http.open(call));
  return {
    ...request,
    source: wanted,
    directory: dirname(local),
    name: basename(local),
    exactName: true,
    isCurrent: async (existing, head) => {
      if (head === undefined) {
        await manifest.refresh();
        if (isDone(run, wanted, existing.bytes)) return true;
      }
      return difference === undefined && isCurrent !== undefined && (await isCurrent(existing, head));
    },
    ...(bucket !== undefined && { open: throttled(open, bucket) }),
    onFetched: (file) => record(run, wanted, file),
  };
}

/** Whether another process has fetched it since this run began. */
function isDone({ manifest }: Run, { candidate, entry }: Wanted, bytes: number): boolean {
  const line = manifest.get(candidate.path);
  if (line === undefined || line.version !== candidate.version || line.bytes !== bytes) return false;
  return line.fetchedAt !== entry?.fetchedAt || line.sha256 !== entry.sha256;
}

type Settled =
  | { readonly status: 'failed'; readonly error: SdcError }
  | (MirroredFile & { readonly status: 'new' | 'changed' | 'unchanged' });

/** A file that is there. One that was there before gets its line now, unless nothing was compared. */
async function settle(run: Run, done: DownloadedFile<Wanted>): Promise<Settled> {
  const { candidate, entry, difference } = done.source;
  const { path, file } = candidate;
  const { bytes } = done;
  if (done.status !== 'skipped') {
    const isChanged = done.status === 'updated' || (entry !== undefined && difference !== 'missing');
    const { sha256 } = done;
    return {
      status: isChanged ? 'changed' : 'new',
      path,
      bytes,
      source: file,
      ...(sha256 !== undefined && { sha256 }),
    };
  }
  if (run.options.overwrite === 'skip') return { status: 'unchanged', path, bytes, source: file };
  if (isDone(run, done.source, bytes)) {
    const sha256 = run.manifest.get(path)?.sha256;
    return { status: 'unchanged', path, bytes, source: file, ...(sha256 !== undefined && { sha256 }) };
  }
  try {
    const sha256 = await onDisk(run.op.init(), done.path, () => digestOfFile(done.path, 'sha256', run.op.signal));
    await record(run, done.source, { bytes, sha256 });
    return { status: 'unchanged', path, bytes, sha256, source: file };
  } catch (error) {
    run.op.signal?.throwIfAborted();
    if (!isSdcError(error)) throw error;
    return { status: 'failed', error };
  }
}

async function record(
  { op, manifest }: Run,
  { candidate: { path, file, version }, source }: Wanted,
  { bytes, sha256 }: { readonly bytes: number; readonly sha256: string },
): Promise<void> {
  await manifest.append(op.signal, {
    path,
    bytes,
    sha256,
    source: withQuery(source.key, file),
    fetchedAt: new Date(now()).toISOString(),
    ...(version !== undefined && { version }),
  });
}
