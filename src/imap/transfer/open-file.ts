import type { OpenedFile } from '../../types.js';
import { openRemote } from '../../core/transfer/open.js';
import type { ImapOperation } from '../context.js';
import { fileRequest } from './file-request.js';
import type { RemoteFile } from './remote-file.js';

/** Opens a file as a stream. */
export async function openFile(op: ImapOperation, file: RemoteFile): Promise<OpenedFile> {
  return openRemote(op, fileRequest(op, file, {}));
}
