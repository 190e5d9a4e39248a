import type { DownloadedFile, Downloads, FailedDownload } from '../../types.js';
import type { Arguments } from '../../core/operation/arguments.js';
import { downloadMany } from '../../core/transfer/download-many.js';
import type { ImapOperation } from '../context.js';
import { downloadRequest } from '../transfer/download-request.js';
import { remoteFileOf, type RemoteFile } from '../transfer/remote-file.js';
import type { Downloadable, ImapDownloadOptions } from '../types.js';

/** `ImapClient.downloadAll`. */
export function downloadAll(
  op: ImapOperation,
  files: Iterable<Downloadable> | AsyncIterable<Downloadable>,
  options: ImapDownloadOptions,
): Downloads<DownloadedFile<string> | FailedDownload<string>> {
  const requests = mapLazily(distinct(op.arguments, files), (remote) => downloadRequest(op, remote, options));
  const count = countOf(op.arguments, files);
  const total = count === undefined ? {} : { total: count };
  return downloadMany(op, requests, { ...options, ...total });
}

/** How many files a list names; not known of a list with an entry that does not name a file, which ends the call at its turn. */
function countOf(args: Arguments, files: Iterable<Downloadable> | AsyncIterable<Downloadable>): number | undefined {
  if (!Array.isArray(files) && !(files instanceof Set)) return undefined;
  const list: Iterable<Downloadable> = files;
  try {
    return new Set(Array.from(list, (file) => placeOf(remoteFileOf(args, file)))).size;
  } catch {
    return undefined;
  }
}

function placeOf({ folder, name }: RemoteFile): string {
  return `${folder}/${name}`;
}

/** Each file once, however often it was named: two downloads of one file would wait for each other. */
async function* distinct(
  args: Arguments,
  files: Iterable<Downloadable> | AsyncIterable<Downloadable>,
): AsyncGenerator<RemoteFile, void, undefined> {
  const seen = new Set<string>();
  for await (const file of files) {
    const remote = remoteFileOf(args, file);
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
