// One batch: files on the disk are left alone, the others are fetched, and what was fetched is recorded next to them.
import { relative, sep } from 'node:path';
import { isSdcError, RateLimited, type ImapClient, type SdcError } from '@lab/sdc';
import { keyOf, prove, sha256Of, writeRecords } from './records.js';
import type { Batch, Failure, Tally } from './tasks.js';

/** The centre asks to wait; the batch was left where it was. */
export class Paused extends Error {
  constructor(readonly ms: number) {
    super(`the centre asks to wait for ${Math.ceil(ms / 1000)} s`);
  }
}

/** Files that could not be fetched; all others of the batch are there. */
export class Incomplete extends Error {
  constructor(
    readonly failures: readonly Failure[],
    files: number,
  ) {
    const [first] = failures;
    super(`${failures.length} of ${files} files failed: ${first?.code}: ${first?.message}`);
  }

  /** Whether another attempt may bring one of them. */
  get retryable(): boolean {
    return this.failures.some(({ retryable }) => retryable);
  }
}

/** Each file as it is settled, for metrics. */
export type OnFile = (outcome: { status: string; bytes: number; code?: string }) => void;

/** The same failure would meet every file: the rest of the batch is not tried. */
const OF_ALL: ReadonlySet<string> = new Set(['credentials', 'forbidden', 'config', 'closed']);

/**
 * Fetches a batch.
 *
 * @throws Paused, Incomplete; the signal's reason.
 */
export async function fetchBatch(
  imap: ImapClient,
  batch: Batch,
  options: { signal: AbortSignal; concurrency: number; onFile?: OnFile },
): Promise<Tally> {
  const { signal, concurrency, onFile } = options;
  const key = keyOf(batch.files);
  // An earlier attempt, on this host or another, may have fetched some.
  const { proved, damaged } = await prove(imap.dataDir, batch.files, { key });
  const records = new Map(proved);
  const failures: Failure[] = [];
  const tally = { fetched: 0, present: proved.size, bytes: 0 };
  const suspect = new Set([...damaged, ...batch.damaged]);
  const missing = batch.files.filter((file) => !proved.has(file));
  try {
    for (const isSuspect of [false, true]) {
      const files = missing.filter((file) => suspect.has(file) === isSuspect);
      // A suspect file is compared with the archive's digest and replaced if it differs.
      const overwrite = isSuspect ? 'update' : 'skip';
      for await (const file of imap.downloadAll(files, { signal, concurrency, overwrite, onFailure: 'yield' })) {
        if (file.status === 'failed') {
          if (file.error instanceof RateLimited) throw new Paused(file.error.retryAfterMs ?? 60_000);
          failures.push(failureOf(file.source, file.error));
          onFile?.({ status: 'failed', bytes: 0, code: file.error.code });
          if (OF_ALL.has(file.error.code) || isFull(file.error)) throw new Incomplete(failures, batch.files.length);
          continue;
        }
        const { status, path, bytes, source } = file;
        // Only a file that was there already comes without a digest.
        const sha256 = file.sha256 ?? (await sha256Of(path));
        records.set(source, {
          path: relative(imap.dataDir, path).split(sep).join('/'),
          bytes,
          sha256,
          source,
          fetchedAt: new Date().toISOString(),
        });
        tally[status === 'skipped' ? 'present' : 'fetched'] += 1;
        if (status !== 'skipped') tally.bytes += bytes;
        onFile?.({ status, bytes: status === 'skipped' ? 0 : bytes });
      }
    }
  } catch (error) {
    // What came is recorded in any case; the first failure is the one that counts.
    await writeRecords(imap.dataDir, key, [...records.values()]).catch(() => undefined);
    throw error;
  }
  await writeRecords(imap.dataDir, key, [...records.values()]);
  if (failures.length > 0) throw new Incomplete(failures, batch.files.length);
  return tally;
}

/** What goes into the log of the job: free of secrets, as `error.toJSON()` is. */
function failureOf(file: string, error: SdcError): Failure {
  // A transfer that broke off, or a disk that is full, may do better later.
  return { ...error.toJSON(), file, code: error.code, message: error.message, retryable: isPassing(error) };
}

const isPassing = (error: SdcError): boolean => error.retryable || isSdcError(error, 'transfer');

function isFull(error: SdcError): boolean {
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return code === 'ENOSPC' || code === 'EDQUOT';
}
