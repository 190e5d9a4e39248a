import type { ImapOperation } from '../context.js';
import { sendFile } from '../transfer/send-file.js';
import type { ImapUploadOptions, ImapUploadResult } from '../types.js';

export async function upload(
  op: ImapOperation,
  file: string | URL,
  options: ImapUploadOptions,
): Promise<ImapUploadResult> {
  return op.changing((delivery) => sendFile(op, file, options, delivery));
}
