import type { OpenedFile } from '../../types.js';
import type { ImapOperation } from '../context.js';
import { openFile } from '../transfer/file-request.js';
import { remoteFileOf } from '../transfer/remote-file.js';
import type { Downloadable } from '../types.js';

export async function open(op: ImapOperation, file: Downloadable): Promise<OpenedFile> {
  return openFile(op, remoteFileOf(op.arguments, file));
}
