import { NotFoundError, WaitTimeout } from '../../errors.js';
import { poll } from '../../core/polling/poll.js';
import { monotonic } from '../../core/util/time.js';
import type { ImapOperation } from '../context.js';
import type { ImapFilePath } from '../names/parse.js';
import { queryFiles } from '../query/files.js';
import { queryKernels } from '../query/kernels.js';
import { downloadRoute } from '../routes.js';
import type { ReleaseOptions } from '../types.js';
import { openOwn } from './presigned.js';

/**
 * Waits until a file that was just uploaded shows up in queries, which takes some seconds. Not every server lists all
 * kinds of files: after `settleMs` (default: never) it is enough that the archive holds the file.
 *
 * @throws {@link WaitTimeout} when it has not within `deadlineMs` (default 60 s).
 */
export async function waitUntilIndexed(
  op: ImapOperation,
  file: ImapFilePath,
  options: Pick<ReleaseOptions, 'pollIntervalMs' | 'deadlineMs'> & { readonly settleMs?: number },
): Promise<void> {
  const { settleMs = Infinity } = options;
  const began = monotonic();
  const deadlineMs = options.deadlineMs ?? 60_000;
  const init = op.init();
  const hidden =
    op.context.settings.access === 'public' ? '. Without apiKey (IMAP_API_KEY) only released files are listed' : '';
  const absent = (): WaitTimeout =>
    new WaitTimeout(
      `${file.name} was uploaded, but is not listed after ${secondsOf(deadlineMs)} s; look again later, or wait longer with deadlineMs${hidden}`,
      { ...init, state: undefined },
    );
  const looks = poll<true>({
    init,
    log: op.log,
    read: async (signal) => {
      const look = op.with({ signal });
      if (await isListed(look, file)) return true;
      if (monotonic() - began < settleMs) return undefined;
      return (await isThere(look, file.path())) ? true : undefined;
    },
    isFinal: () => true,
    changed: () => false,
    describe: () => 'listed',
    absent,
    options: {
      pollIntervalMs: options.pollIntervalMs ?? 2_000,
      deadlineMs,
      appearMs: deadlineMs,
      ...(op.signal && { signal: op.signal }),
    },
  });
  try {
    await looks.next();
  } catch (error) {
    throw error instanceof WaitTimeout ? absent() : error;
  }
}

function secondsOf(ms: number): number {
  return ms < 10_000 ? ms / 1000 : Math.round(ms / 1000);
}

/** Whether a query finds the file; dependency files are in no table, so the archive itself is asked. */
async function isListed(op: ImapOperation, file: ImapFilePath): Promise<boolean> {
  if (file.kind === 'dependency') return isThere(op, file.path());
  if (file.kind === 'spice') return (await queryKernels(op, { type: file.type, fileName: file.name })).length > 0;
  const table = file.kind === 'release' ? 'ancillary' : file.kind;
  return (await queryFiles(op, { table, filePath: file.path() })).length > 0;
}

/** Whether the archive holds a file of this path, released or not. */
export async function isThere(op: ImapOperation, key: string): Promise<boolean> {
  try {
    const request = op.request({
      method: 'HEAD',
      url: downloadRoute(key),
      // Without a credential a file that is not released answers 403; that says that it is there.
      accept: (status) => status < 400 || (status === 403 && op.context.settings.access === 'public'),
    });
    const { answer } = await openOwn(op, request);
    await answer.discard();
    return true;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}
