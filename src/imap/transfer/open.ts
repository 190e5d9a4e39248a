import type { CallOptions, OpenedFile } from '../../types.js';
import { openRemote } from '../../core/transfer/open.js';
import type { ImapContext } from '../context.js';
import { fileRequest } from './file-request.js';
import type { RemoteFile } from './remote-file.js';

/** `ImapClient.open`. */
export async function openFile(
  context: ImapContext,
  file: RemoteFile,
  options: CallOptions,
  operation: string,
): Promise<OpenedFile> {
  const { check, call, expected, open, name } = fileRequest(context, file, {}, operation);
  return openRemote(
    context.transport,
    { operation, call, name, ...(check && { check }), ...(expected && { expected }), ...(open && { open }) },
    options,
  );
}
