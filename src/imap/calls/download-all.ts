import type { DownloadedFile, Downloads, FailedDownload } from '../../types.js';
import { downloadMany } from '../../core/transfer/download-many.js';
import { elementsOf, isList, type Arguments } from '../../core/operation/arguments.js';
import type { ImapOperation } from '../context.js';
import { downloadRequest } from './download.js';
import { remoteFileOf, type RemoteFile } from '../transfer/remote-file.js';
import type { Downloadable, ImapDownloadOptions } from '../types.js';

/** @throws `TypeError` at the call for an element that names no file; for one of an asynchronous source at its turn. */
export function downloadAll(
  op: ImapOperation,
  files: Iterable<Downloadable> | AsyncIterable<Downloadable>,
  options: ImapDownloadOptions,
): Downloads<DownloadedFile<string> | FailedDownload<string>> {
  const given = elementsOf(files);
  const remotes = isList(given) ? onceEach(op.arguments, given) : distinct(op.arguments, given);
  const requests = mapLazily(remotes, (remote) => downloadRequest(op, remote, options));
  return downloadMany(op, requests, { ...options, ...(Array.isArray(remotes) ? { total: remotes.length } : {}) });
}

/** Each file once, however often it was named: two downloads of one file would wait for each other. */
function onceEach(args: Arguments, files: readonly Downloadable[]): RemoteFile[] {
  return [...new Map(files.map((file) => byPlace(remoteFileOf(args, file)))).values()];
}

/** The same for files that are named as they come. */
async function* distinct(
  args: Arguments,
  files: AsyncIterable<Downloadable>,
): AsyncGenerator<RemoteFile, void, undefined> {
  const seen = new Set<string>();
  for await (const file of files) {
    const [place, remote] = byPlace(remoteFileOf(args, file));
    if (seen.has(place)) continue;
    seen.add(place);
    yield remote;
  }
}

function byPlace(remote: RemoteFile): [string, RemoteFile] {
  return [`${remote.folder}/${remote.name}`, remote];
}

async function* mapLazily<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  of: (item: T) => R,
): AsyncGenerator<R, void, undefined> {
  for await (const item of items) yield of(item);
}
