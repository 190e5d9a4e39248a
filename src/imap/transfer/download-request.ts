import type { TransferRequest } from '../../core/transfer/types.js';
import type { ImapOperation } from '../context.js';
import type { ImapDownloadOptions } from '../types.js';
import { compareWithArchive } from './compare.js';
import { fileRequest } from './file-request.js';
import type { RemoteFile } from './remote-file.js';

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
