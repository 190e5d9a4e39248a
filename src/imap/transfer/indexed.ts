import { Forbidden, NotFoundError, WaitTimeout } from '../../errors.js';
import { poll } from '../../core/polling/poll.js';
import { monotonic } from '../../core/util/time.js';
import type { ImapOperation } from '../context.js';
import type { ImapFilePath } from '../names/parse.js';
import { query } from '../calls/query.js';
import { spiceQuery } from '../calls/spice-query.js';
import { downloadRoute, placesOf } from '../routes.js';
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
    op.context.settings.access === 'public' ? '. Without apiKey (IMAP_API_KEY), only released files are listed' : '';
  const absent = (): WaitTimeout =>
    new WaitTimeout(
      `${file.name} was uploaded, but is not listed after ${secondsOf(deadlineMs)} s; check again later, or wait longer with deadlineMs${hidden}`,
      { ...init, state: undefined },
    );
  const checks = poll<true>({
    init,
    log: op.log,
    read: async (signal) => {
      const check = op.with({ signal });
      if (await isListed(check, file)) return true;
      if (monotonic() - began < settleMs) return undefined;
      return (await isThere(check, file.path())) ? true : undefined;
    },
    isFinal: () => true,
    changed: () => false,
    describe: () => 'listed',
    absent,
    options: {
      ...op.callOptions,
      pollIntervalMs: options.pollIntervalMs ?? 2_000,
      deadlineMs,
      appearMs: deadlineMs,
    },
  });
  try {
    await checks.next();
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
  if (file.kind === 'spice') return (await spiceQuery(op, { type: file.type, fileName: file.name })).length > 0;
  const table = file.kind === 'release' ? 'ancillary' : file.kind;
  return (await query(op, { table, filePath: file.path() })).length > 0;
}

/** Whether the archive holds a file of this path, released or not. */
export async function isThere(op: ImapOperation, key: string): Promise<boolean> {
  // Without a credential a file that is not released answers 403; that says that it is there.
  return answers(op, key, (status) => status < 400 || (status === 403 && op.context.settings.access === 'public'));
}

/** Whether this client can have the file of this path, at any of the places where the archive may hold it. */
export async function isVisible(op: ImapOperation, key: string): Promise<boolean> {
  for (const place of placesOf(key, op.context.server.generation)) {
    try {
      if (await answers(op, place, (status) => status < 400)) return true;
    } catch (error) {
      if (!(error instanceof Forbidden) || op.context.settings.access !== 'public') throw error;
    }
  }
  return false;
}

async function answers(op: ImapOperation, key: string, accept: (status: number) => boolean): Promise<boolean> {
  try {
    const { answer } = await openOwn(op, op.request({ method: 'HEAD', url: downloadRoute(key), accept }));
    await answer.discard();
    return true;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}
