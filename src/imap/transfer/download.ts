import type { DownloadedFile, Downloads, FailedDownload } from '../../types.js';
import { downloadOne } from '../../core/transfer/download.js';
import { downloadMany } from '../../core/transfer/downloads.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import type { ImapContext } from '../context.js';
import type { ImapDownloadOptions } from '../types.js';
import { fileRequest } from './file-request.js';
import { remoteFileOf, type Downloadable, type RemoteFile } from './remote-file.js';
import { compareWithArchive } from './verify.js';

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

function requestOf(
  context: ImapContext,
  remote: RemoteFile,
  options: ImapDownloadOptions,
  operation: string,
): TransferRequest<string> {
  const request = fileRequest(context, remote, options, operation);
  return options.verify === true
    ? { ...request, beforeSkip: comparison(context, remote, options, operation) }
    : request;
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
    const { status } = await compareWithArchive(context, remote, path, call, operation);
    return status === 'different' ? 'replace' : 'keep';
  };
}

/** How many files a list names; not known of a list with an entry that does not name a file, which ends the call at its turn. */
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
