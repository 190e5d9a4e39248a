import { NotFoundError, WaitTimeout } from '../../errors.js';
import { poll } from '../../core/polling/poll.js';
import { monotonic } from '../../core/util/time.js';
import type { CallOptions } from '../../types.js';
import type { ImapContext } from '../context.js';
import type { ImapFilePath } from '../names/parse.js';
import { Operation } from '../../core/operation/operation.js';
import { queryFiles } from '../query/query.js';
import { spiceQuery } from '../query/spice.js';
import type { ReleaseOptions } from '../types.js';
import { openOwn } from './presigned.js';
import { downloadUrl } from './remote-file.js';

/**
 * Waits until a file that was just uploaded shows up in queries, which takes some seconds. Not every server lists all
 * kinds of files: after `settleMs` (default: never) it is enough that the archive holds the file.
 *
 * @throws {@link WaitTimeout} when it has not within `deadlineMs` (default 60 s).
 */
export async function waitUntilIndexed(
  context: ImapContext,
  file: ImapFilePath,
  options: ReleaseOptions & { readonly settleMs?: number },
  operation: string,
): Promise<void> {
  const { signal, timeoutMs, settleMs = Infinity } = options;
  const began = monotonic();
  const deadlineMs = options.deadlineMs ?? 60_000;
  const init = context.transport.init({ operation });
  const hidden =
    context.settings.access === 'public' ? '. Without apiKey (IMAP_API_KEY) only released files are listed' : '';
  const absent = (): WaitTimeout =>
    new WaitTimeout(
      `${file.name} was uploaded, but is not listed after ${secondsOf(deadlineMs)} s; look again later, or wait longer with deadlineMs${hidden}`,
      {
        ...init,
        state: undefined,
      },
    );
  const looks = poll<true>({
    init,
    log: context.transport.log,
    read: async (linked) => {
      const calls = { signal: linked, ...(timeoutMs !== undefined && { timeoutMs }) };
      if (await isListed(context, file, operation, calls)) return true;
      if (monotonic() - began < settleMs) return undefined;
      return (await isThere(context, file.path(), operation, calls)) ? true : undefined;
    },
    isFinal: () => true,
    changed: () => false,
    describe: () => 'listed',
    absent,
    options: {
      pollIntervalMs: options.pollIntervalMs ?? 2_000,
      deadlineMs,
      appearMs: deadlineMs,
      ...(signal && { signal }),
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
async function isListed(
  context: ImapContext,
  file: ImapFilePath,
  operation: string,
  options: CallOptions,
): Promise<boolean> {
  const op = new Operation(operation, context, options);
  switch (file.kind) {
    case 'science':
    case 'quicklook':
    case 'ancillary':
      return (await queryFiles(op, { table: file.kind, filePath: file.path() })).length > 0;
    case 'release':
      return (await queryFiles(op, { table: 'ancillary', filePath: file.path() })).length > 0;
    case 'spice':
      return (await spiceQuery(op, { type: file.type, fileName: file.name })).length > 0;
    case 'dependency':
      return isThere(context, file.path(), operation, options);
  }
}

/** Whether the archive holds a file of this path, released or not. */
export async function isThere(
  context: ImapContext,
  key: string,
  operation: string,
  options: CallOptions,
): Promise<boolean> {
  try {
    const { answer } = await openOwn(context, {
      operation,
      method: 'HEAD',
      url: downloadUrl(key),
      // Without a credential a file that is not released answers 403; that says that it is there.
      accept: (status) => status < 400 || (status === 403 && context.settings.access === 'public'),
      ...options,
    });
    await answer.discard();
    return true;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}
