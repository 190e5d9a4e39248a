import type { OpenedFile } from '../../types.js';
import type { ImapOperation } from '../context.js';
import { openFile } from '../transfer/open-file.js';
import { remoteFileOf, type Downloadable } from '../transfer/remote-file.js';

/** `ImapClient.open`. */
export async function open(op: ImapOperation, file: Downloadable): Promise<OpenedFile> {
  return openFile(op, remoteFileOf(op.arguments, file));
}
