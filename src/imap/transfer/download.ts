import type { CallOptions, DownloadedFile, Downloads, FailedDownload, OpenedFile } from '../../types.js';
import { toPath } from '../../core/files/paths.js';
import { downloadOne } from '../../core/transfer/download.js';
import { downloadMany } from '../../core/transfer/downloads.js';
import { openRemote } from '../../core/transfer/open.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import type { ImapContext } from '../context.js';
import type { ImapDownloadOptions } from '../types.js';
import { contentCheck, digestOf } from './content.js';
import { openPresigned } from './presigned.js';
import { directoryOf, downloadUrl, remoteFileOf, type Downloadable, type RemoteFile } from './remote-file.js';
import { compareLocal, remoteState } from './verify.js';

/** `ImapClient.download`. */
export async function downloadFile(
  context: ImapContext,
  file: Downloadable,
  options: ImapDownloadOptions = {},
): Promise<DownloadedFile<string>> {
  const operation = 'imap.download';
  return downloadOne(context.transport, requestOf(context, remoteFileOf(file, operation), options, operation), options);
}

/** `ImapClient.downloadAll`. */
export function downloadFiles(
  context: ImapContext,
  files: Iterable<Downloadable> | AsyncIterable<Downloadable>,
  options: ImapDownloadOptions = {},
): Downloads<DownloadedFile<string> | FailedDownload<string>> {
  const operation = 'imap.downloadAll';
  const requests = mapLazily(distinct(files, operation), (remote) => requestOf(context, remote, options, operation));
  const count = countOf(files, operation);
  const total = count === undefined ? {} : { total: count };
  return downloadMany(context.transport, requests, { ...options, ...total, operation });
}

/** `ImapClient.open`. */
export async function openFile(
  context: ImapContext,
  file: Downloadable,
  options: CallOptions = {},
): Promise<OpenedFile> {
  const operation = 'imap.open';
  const { check, call, expected, open, name } = requestOf(context, remoteFileOf(file, operation), {}, operation);
  return openRemote(
    context.transport,
    { operation, call, name, ...(check && { check }), ...(expected && { expected }), ...(open && { open }) },
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
    ...(options.verify === true && { beforeSkip: comparison(context, remote, options, operation) }),
    open: (call) => openPresigned(context, remote.key, call),
  };
}

/** Compares a file that is there already with the archive, which is not asked for a range where the caller wants none. */
function comparison(
  context: ImapContext,
  remote: RemoteFile,
  { timeoutMs, resume = true }: ImapDownloadOptions,
  operation: string,
): NonNullable<TransferRequest<string>['beforeSkip']> {
  return async (path, signal) => {
    const call = { signal, ranges: resume, ...(timeoutMs !== undefined && { timeoutMs }) };
    const { status } = await compareLocal(path, await remoteState(context, remote.key, operation, call), operation);
    return status === 'different' ? 'replace' : 'keep';
  };
}

/** How many files a list names; not known of a list with something in it that is no file, which ends the call at its turn. */
function countOf(files: Iterable<Downloadable> | AsyncIterable<Downloadable>, operation: string): number | undefined {
  if (!Array.isArray(files) && !(files instanceof Set)) return undefined;
  const list: Iterable<Downloadable> = files;
  try {
    return new Set(Array.from(list, (file) => placeOf(remoteFileOf(file, operation)))).size;
  } catch {
    return undefined;
  }
}

function placeOf({ folder, name }: RemoteFile): string {
  return `${folder}/${name}`;
}

/** Each file once, however often it was named: two downloads of one file would wait for each other. */
async function* distinct(
  files: Iterable<Downloadable> | AsyncIterable<Downloadable>,
  operation: string,
): AsyncGenerator<RemoteFile, void, undefined> {
  const seen = new Set<string>();
  for await (const file of files) {
    const remote = remoteFileOf(file, operation);
    const place = placeOf(remote);
    if (seen.has(place)) continue;
    seen.add(place);
    yield remote;
  }
}

async function* mapLazily<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  of: (item: T) => R,
): AsyncGenerator<R, void, undefined> {
  for await (const item of items) yield of(item);
}
