import { toPath } from '../../core/files/paths.js';
import { downloadMany } from '../../core/transfer/download-many.js';
import type { DownloadedFile, Downloads, FailedDownload } from '../../types.js';
import type { ScopsOperation } from '../context.js';
import { archiveRequests, planArchives, requestedNames } from '../transfer/archives.js';
import type { ScopsDownloadOptions } from '../types.js';

type Result = DownloadedFile<string> | FailedDownload<string>;

/** Downloads archives of an order; arguments are checked at the call. */
export function download(
  op: ScopsOperation,
  processingId: string,
  directory: string | URL,
  options: ScopsDownloadOptions,
): Downloads<Result> {
  const names = requestedNames(op.arguments, options.products);
  const folder = toPath(directory, op.arguments.label('directory'));
  const plan = planArchives(op, processingId);
  let count = names?.length;
  const requests = archiveRequests(plan, folder, names, options.products === 'project', (listed) => {
    count = listed;
  });
  return downloadMany(op, requests, { ...options, total: () => count });
}
