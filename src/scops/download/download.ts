import { toPath } from '../../core/files/paths.js';
import { downloadOne } from '../../core/transfer/download.js';
import { downloadMany, withToArray } from '../../core/transfer/downloads.js';
import { openRemote } from '../../core/transfer/open.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import { SdcError, TransferError } from '../../errors.js';
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
  const folder = toPath(directory, `${operation}: directory`);
  const plan = planArchives(context, processingId, folder, operation, options);
  const requests = new Map<string, TransferRequest<string>>();
  const source = remembered(archiveRequests(plan, names, options.products === 'project'), requests);
  const total = names === undefined ? {} : { total: names.length };
  const files = downloadMany(context.transport, source, { ...options, ...total, operation, onFailure: 'yield' });
  return withToArray(withSecondTry(context, files, requests, options));
}

async function* remembered(
  source: AsyncIterable<TransferRequest<string>>,
  requests: Map<string, TransferRequest<string>>,
): AsyncGenerator<TransferRequest<string>, void, undefined> {
  for await (const request of source) {
    requests.set(request.source, request);
    yield request;
  }
}

/** An archive that fails its check may have been fetched while it was written; it is fetched once more (pitfall 17). */
async function* withSecondTry(
  context: ScopsContext,
  files: AsyncIterable<Result>,
  requests: ReadonlyMap<string, TransferRequest<string>>,
  options: ScopsDownloadOptions,
): AsyncGenerator<Result, void, undefined> {
  for await (const file of files) {
    const request = requests.get(file.source);
    const again = file.status === 'failed' && isMisfit(file.error) ? request : undefined;
    const result = again === undefined ? file : await secondTry(context, again, options);
    if (result.status === 'failed' && options.onFailure !== 'yield') throw result.error;
    yield result;
  }
}

function isMisfit(error: SdcError): boolean {
  return error instanceof TransferError && error.expected === 'a zip archive' && error.status !== undefined;
}

async function secondTry(
  context: ScopsContext,
  request: TransferRequest<string>,
  options: ScopsDownloadOptions,
): Promise<Result> {
  try {
    return await downloadOne(context.transport, request, options);
  } catch (error) {
    if (!(error instanceof SdcError) || options.signal?.aborted === true) throw error;
    return { status: 'failed', error, source: request.source };
  }
}

/** Opens one archive as a stream. */
export async function openProductArchive(
  context: ScopsContext,
  processingId: string,
  product: string,
  operation: string,
  o: CallOptions,
): Promise<OpenedFile> {
  const name = requireProductName(product, operation);
  const plan = planArchives(context, processingId, '', operation, o);
  const request = name === 'project' ? wholeRequest(plan) : productRequest(plan, name);
  return openRemote(context.transport, request, o);
}
