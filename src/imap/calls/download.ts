import type { DownloadedFile } from '../../types.js';
import { downloadOne } from '../../core/transfer/download.js';
import type { ImapOperation } from '../context.js';
import { remoteFileOf, type RemoteFile } from '../transfer/remote-file.js';
import type { Downloadable, ImapDownloadOptions } from '../types.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import { compareWithArchive } from '../transfer/compare.js';
import { fileRequest } from '../transfer/file-request.js';

export async function download(
  op: ImapOperation,
  file: Downloadable,
  options: ImapDownloadOptions,
): Promise<DownloadedFile<string>> {
  return downloadOne(op, downloadRequest(op, remoteFileOf(op.arguments, file), options), options);
}

/**
 * The request for a download. With `verify` a file that is there already is compared with the archive first, which is not asked for a
 * range where the caller wants none.
 */
export function downloadRequest(
  op: ImapOperation,
  remote: RemoteFile,
  options: ImapDownloadOptions,
): TransferRequest<string> {
  const request = fileRequest(op, remote, options);
  if (options.verify !== true) return request;
  const ranges = options.resume ?? true;
  return {
    ...request,
    beforeSkip: async (path, signal) => {
      const { status } = await compareWithArchive(op.with({ signal }), remote, path, { ranges });
      return status === 'different' ? 'replace' : 'keep';
    },
  };
}
