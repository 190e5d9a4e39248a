import type { TransferRequest } from '../../core/transfer/types.js';
import type { ImapOperation } from '../context.js';
import { downloadRoute } from '../routes.js';
import type { ImapDownloadOptions } from '../types.js';
import { contentCheck, digestOf } from './content.js';
import { openPresigned, presignedRanges } from './presigned.js';
import { directoryOf, type RemoteFile } from './remote-file.js';
import type { OpenedFile } from '../../types.js';
import { openRemote } from '../../core/transfer/open.js';

/** The request for one file, for every call that reads its bytes. */
export function fileRequest(
  op: ImapOperation,
  remote: RemoteFile,
  options: Pick<ImapDownloadOptions, 'directory' | 'checkFormat' | 'connections'>,
): TransferRequest<string> {
  return {
    source: remote.source,
    call: { url: downloadRoute(remote.key) },
    directory: directoryOf(op, remote, options.directory),
    name: remote.name,
    exactName: true,
    check: contentCheck(remote.name, options.checkFormat ?? false),
    expected: digestOf,
    open:
      (options.connections ?? 1) > 1 ? presignedRanges(op, remote.key) : (call) => openPresigned(op, remote.key, call),
  };
}

export async function openFile(op: ImapOperation, file: RemoteFile): Promise<OpenedFile> {
  return openRemote(op, fileRequest(op, file, {}));
}
