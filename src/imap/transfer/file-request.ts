import type { TransferRequest } from '../../core/transfer/types.js';
import type { ImapOperation } from '../context.js';
import { downloadRoute } from '../routes.js';
import type { ImapDownloadOptions } from '../types.js';
import { contentCheck, digestOf } from './content.js';
import { openPresigned } from './presigned.js';
import { directoryOf, type RemoteFile } from './remote-file.js';

/** The request for one file, for every call that reads its bytes. */
export function fileRequest(
  op: ImapOperation,
  remote: RemoteFile,
  options: Pick<ImapDownloadOptions, 'directory' | 'checkFormat'>,
): TransferRequest<string> {
  return {
    source: remote.source,
    call: { url: downloadRoute(remote.key) },
    directory: directoryOf(op, remote, options.directory),
    name: remote.name,
    exactName: true,
    check: contentCheck(remote.name, options.checkFormat ?? false),
    expected: digestOf,
    open: (call) => openPresigned(op, remote.key, call),
  };
}
