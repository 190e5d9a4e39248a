import type { ImapOperation } from '../context.js';
import { queryFiles } from '../query/files.js';
import type { ImapFile, ImapQuery } from '../types.js';

/** `ImapClient.query`. */
export async function query(op: ImapOperation, wanted: ImapQuery): Promise<ImapFile[]> {
  return queryFiles(op, wanted);
}
