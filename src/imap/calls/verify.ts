import { join } from 'node:path';
import type { ImapOperation } from '../context.js';
import { compareWithArchive } from '../transfer/compare.js';
import { directoryOf, remoteFileOf } from '../transfer/remote-file.js';
import type { Downloadable, ImapDownloadOptions, VerifiedFile } from '../types.js';

/** `ImapClient.verify`: compares the local copy of a file with the archive. */
export async function verify(
  op: ImapOperation,
  file: Downloadable,
  options: Pick<ImapDownloadOptions, 'directory'>,
): Promise<VerifiedFile> {
  const remote = remoteFileOf(op.arguments, file);
  return compareWithArchive(op, remote, join(directoryOf(op, remote, options.directory), remote.name));
}
