import type { DownloadedFile } from '../../types.js';
import { downloadOne } from '../../core/transfer/download.js';
import type { ImapOperation } from '../context.js';
import { downloadRequest } from '../transfer/download-request.js';
import { remoteFileOf } from '../transfer/remote-file.js';
import type { Downloadable, ImapDownloadOptions } from '../types.js';

/** `ImapClient.download`. */
export async function download(
  op: ImapOperation,
  file: Downloadable,
  options: ImapDownloadOptions,
): Promise<DownloadedFile<string>> {
  return downloadOne(op, downloadRequest(op, remoteFileOf(op.arguments, file), options), options);
}
