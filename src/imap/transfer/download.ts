import { SdcError } from '../../errors.js';
import type {
  CallOptions,
  DownloadedFile,
  Downloads,
  FailedDownload,
  OpenedFile,
  TransferProgress,
} from '../../types.js';
import { toPath } from '../../core/files/paths.js';
import { exists } from '../../core/files/stat-file.js';
import { downloadOne } from '../../core/transfer/download.js';
import { downloadMany, withToArray } from '../../core/transfer/downloads.js';
import { openRemote } from '../../core/transfer/open.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import { mapConcurrent } from '../../core/util/concurrency.js';
import { requireInteger } from '../../core/validate/arguments.js';
import { join } from 'node:path';
import type { ImapContext } from '../context.js';
import type { ImapDownloadOptions } from '../types.js';
import { contentCheck, digestOf } from './content.js';
import { openPresigned } from './presigned.js';
import { directoryOf, downloadUrl, remoteFileOf, type Downloadable, type RemoteFile } from './remote-file.js';
import { verifyFile } from './verify.js';

/** `ImapClient.download`. */
export async function downloadFile(
  context: ImapContext,
  file: Downloadable,
  options: ImapDownloadOptions = {},
): Promise<DownloadedFile<string>> {
  const operation = 'imap.download';
  const remote = remoteFileOf(file, operation);
  return fetchOne(context, remote, options, operation);
}

/** `ImapClient.downloadAll`. */
export function downloadFiles(
  context: ImapContext,
  files: Iterable<Downloadable> | AsyncIterable<Downloadable>,
  options: ImapDownloadOptions = {},
): Downloads<DownloadedFile<string> | FailedDownload<string>> {
  const operation = 'imap.downloadAll';
  const remotes = distinct(files, operation);
  const total = Array.isArray(files) ? { total: files.length } : {};
  if (options.verify === true) return withToArray(verifiedDownloads(context, remotes, options, operation));
  const requests = mapLazily(remotes, (remote) => requestOf(context, remote, options, operation));
  return downloadMany(context.transport, requests, { ...options, ...total, operation });
}

/** `ImapClient.open`. */
export async function openFile(
  context: ImapContext,
  file: Downloadable,
  options: CallOptions = {},
): Promise<OpenedFile> {
  const operation = 'imap.open';
  const { check, call, open, name } = requestOf(context, remoteFileOf(file, operation), {}, operation);
  return openRemote(
    context.transport,
    { operation, call, name, ...(check && { check }), ...(open && { open }) },
    options,
  );
}

function requestOf(
  context: ImapContext,
  remote: RemoteFile,
  options: ImapDownloadOptions,
  operation: string,
): TransferRequest<string> {
  const directory = options.directory === undefined ? undefined : toPath(options.directory, `${operation}: directory`);
  return {
    operation,
    source: remote.source,
    call: { operation, url: downloadUrl(remote.key) },
    directory: directoryOf(remote, context.settings.dataDir, directory),
    name: remote.name,
    exactName: true,
    check: contentCheck(remote.name, options.checkFormat ?? false),
    expected: digestOf,
    open: (call) => openPresigned(context, remote.key, call),
  };
}

/** Downloads one file; with `verify`, one that is there already is compared with the archive first. */
async function fetchOne(
  context: ImapContext,
  remote: RemoteFile,
  options: ImapDownloadOptions,
  operation: string,
): Promise<DownloadedFile<string>> {
  const request = requestOf(context, remote, options, operation);
  const replace =
    options.verify === true &&
    (options.overwrite ?? 'skip') === 'skip' &&
    (await exists(join(request.directory, remote.name))) &&
    (
      await verifyFile(
        context,
        remote,
        request.directory,
        { ...(options.signal && { signal: options.signal }) },
        operation,
      )
    ).status === 'different';
  return downloadOne(context.transport, request, { ...options, ...(replace && { overwrite: 'replace' as const }) });
}

async function* verifiedDownloads(
  context: ImapContext,
  remotes: AsyncIterable<RemoteFile>,
  options: ImapDownloadOptions,
  operation: string,
): AsyncGenerator<DownloadedFile<string> | FailedDownload<string>, void, undefined> {
  context.transport.lifetime.assertOpen(operation);
  const limit = requireInteger(options.concurrency ?? 4, 'concurrency', operation, { min: 1, max: 1000 });
  let filesDone = 0;
  const { onProgress } = options;
  const counted = onProgress && {
    onProgress: (progress: TransferProgress): void => {
      onProgress({ ...progress, filesDone: filesDone + progress.filesDone });
    },
  };
  yield* mapConcurrent<RemoteFile, DownloadedFile<string> | FailedDownload<string>>(
    remotes,
    limit,
    async (remote, signal) => {
      try {
        return await fetchOne(context, remote, { ...options, ...counted, signal }, operation);
      } catch (error) {
        if (options.onFailure !== 'yield' || signal.aborted || !(error instanceof SdcError)) throw error;
        return { status: 'failed', error, source: remote.source };
      } finally {
        filesDone += 1;
      }
    },
    options.signal,
  );
}

/** Each file once, however often it was named: two downloads of one file would wait for each other. */
async function* distinct(
  files: Iterable<Downloadable> | AsyncIterable<Downloadable>,
  operation: string,
): AsyncGenerator<RemoteFile, void, undefined> {
  const seen = new Set<string>();
  for await (const file of files) {
    const remote = remoteFileOf(file, operation);
    const place = `${remote.folder}/${remote.name}`;
    if (seen.has(place)) continue;
    seen.add(place);
    yield remote;
  }
}

async function* mapLazily<T, R>(items: AsyncIterable<T>, of: (item: T) => R): AsyncGenerator<R, void, undefined> {
  for await (const item of items) yield of(item);
}
