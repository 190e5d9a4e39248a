import { toPath } from '../../core/files/paths.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import type { ImapOperation } from '../context.js';
import type { ImapDownloadOptions } from '../types.js';
import { contentCheck, digestOf } from './content.js';
import { openPresigned } from './presigned.js';
import { directoryOf, downloadUrl, type RemoteFile } from './remote-file.js';

/** The request for one file, for every call that reads its bytes. */
export function fileRequest(
  op: ImapOperation,
  remote: RemoteFile,
  options: Pick<ImapDownloadOptions, 'directory' | 'checkFormat'>,
): TransferRequest<string> {
  const { arguments: args, context, name: operation } = op;
  const directory = options.directory === undefined ? undefined : toPath(options.directory, args.label('directory'));
  return {
    operation,
    source: remote.source,
    call: { operation, url: downloadUrl(remote.key) },
    directory: directoryOf(remote, context.settings.dataDir, directory),
    name: remote.name,
    exactName: true,
    check: contentCheck(remote.name, options.checkFormat ?? false),
    expected: digestOf,
    open: (call) => openPresigned(op, remote.key, call),
  };
}
