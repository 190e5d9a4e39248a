import { toPath } from '../../core/files/paths.js';
import { downloadMany } from '../../core/transfer/downloads.js';
import { openRemote } from '../../core/transfer/open.js';
import type { CallOptions, DownloadedFile, Downloads, FailedDownload, OpenedFile } from '../../types.js';
import type { ScopsOperation } from '../context.js';
import { requireProductName } from '../names/ids.js';
import type { ScopsDownloadOptions } from '../types.js';
import { archiveRequests, planArchives, productRequest, requestedNames, wholeRequest } from '../transfer/archives.js';

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
  const plan = planArchives(op, processingId, folder);
  let count = names?.length;
  const requests = archiveRequests(plan, names, options.products === 'project', (listed) => {
    count = listed;
  });
  return downloadMany(op.http, requests, { ...options, total: () => count, operation: op.name });
}

/** Opens one archive as a stream. */
export async function open(
  op: ScopsOperation,
  processingId: string,
  product: string,
  options: CallOptions,
): Promise<OpenedFile> {
  const name = requireProductName(op.arguments, product);
  const plan = planArchives(op, processingId, '');
  const request = name === 'project' ? wholeRequest(plan) : productRequest(plan, name);
  return openRemote(op.http, request, options);
}
