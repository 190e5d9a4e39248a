import { Arguments } from '../../core/operation/arguments.js';
import { toPath } from '../../core/files/paths.js';
import { downloadMany } from '../../core/transfer/downloads.js';
import { openRemote } from '../../core/transfer/open.js';
import type { CallOptions, DownloadedFile, Downloads, FailedDownload, OpenedFile } from '../../types.js';
import type { ScopsContext } from '../context.js';
import { requireProductName } from '../ids.js';
import type { ScopsDownloadOptions } from '../types.js';
import { archiveRequests, planArchives, productRequest, requestedNames, wholeRequest } from './requests.js';

type Result = DownloadedFile<string> | FailedDownload<string>;

/** Downloads archives of an order; arguments are checked at the call. */
export function downloadArchives(
  context: ScopsContext,
  processingId: string,
  directory: string | URL,
  operation: string,
  options: ScopsDownloadOptions,
): Downloads<Result> {
  const names = requestedNames(options.products, operation);
  const folder = toPath(directory, new Arguments(operation).label('directory'));
  const plan = planArchives(context, processingId, folder, operation, options);
  let count = names?.length;
  const requests = archiveRequests(plan, names, options.products === 'project', (listed) => {
    count = listed;
  });
  return downloadMany(context.transport, requests, { ...options, total: () => count, operation });
}

/** Opens one archive as a stream. */
export async function openProductArchive(
  context: ScopsContext,
  processingId: string,
  product: string,
  operation: string,
  options: CallOptions,
): Promise<OpenedFile> {
  const name = requireProductName(new Arguments(operation), product);
  const plan = planArchives(context, processingId, '', operation, options);
  const request = name === 'project' ? wholeRequest(plan) : productRequest(plan, name);
  return openRemote(context.transport, request, options);
}
