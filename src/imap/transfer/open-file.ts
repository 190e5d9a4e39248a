import type { OpenedFile } from '../../types.js';
import { openRemote } from '../../core/transfer/open.js';
import type { ImapOperation } from '../context.js';
import { fileRequest } from './file-request.js';
import type { RemoteFile } from './remote-file.js';

/** Opens a file as a stream. */
export async function openFile(op: ImapOperation, file: RemoteFile): Promise<OpenedFile> {
  const { operation, check, call, expected, open, name } = fileRequest(op, file, {});
  return openRemote(
    op.http,
    { operation, call, name, ...(check && { check }), ...(expected && { expected }), ...(open && { open }) },
    op.callOptions,
  );
}
