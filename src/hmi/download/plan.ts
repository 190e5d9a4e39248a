import { toPath } from '../../core/files/paths.js';
import { safeFileName } from '../../core/transfer/file-name.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import { isUrl } from '../../core/util/realms.js';
import { requireText } from '../../core/validate/arguments.js';
import type { CallOptions, DownloadOptions } from '../../types.js';
import type { HmiContext } from '../context.js';
import { segmentsOf } from '../records/filters.js';
import type { HmiDownloadFileOptions, HmiDownloadOptions, HmiFile, HmiRecord } from '../types.js';
import { Claims } from './claims.js';
import { serverName, type FileOrder } from './file-request.js';
import type { DownloadPlan, RecordSource } from './requests.js';
import { uniqueFileName, uniqueNameOfLink } from './unique-name.js';

const DEFAULT_CONCURRENCY = 4;

/**
 * Checks the arguments of `download`.
 *
 * @throws `TypeError` or `RangeError`, before any request.
 */
export function planDownload(context: HmiContext, directory: string | URL, options: HmiDownloadOptions): DownloadPlan {
  const operation = 'hmi.download';
  const { segments, fileName = 'unique', signal } = options;
  requireNaming(fileName, operation);
  return {
    operation,
    directory: folder(directory, operation),
    segments: segmentsOf(segments, operation),
    fileName,
    signal,
    timeoutMs: transferTimeout(context, options),
  };
}

/** Records in any form as something to go through. */
export function recordsOf(records: RecordSource | HmiRecord): RecordSource {
  const value: unknown = records;
  if (typeof value !== 'object' || value === null)
    throw new TypeError('hmi.download: records must be a record, a list of records or a pager of query()');
  return Symbol.iterator in records || Symbol.asyncIterator in records ? records : [records];
}

/**
 * The wait for the headers of a file: a single-threaded service answers one request after the other, so with several at
 * a time the default is multiplied. What the caller sets, holds.
 */
export function transferTimeout(context: HmiContext, options: DownloadOptions): number | undefined {
  const { timeoutMs, concurrency = DEFAULT_CONCURRENCY } = options;
  if (timeoutMs !== undefined || !context.patient || !(concurrency > 1)) return timeoutMs;
  return context.transport.settings.timeoutMs * Math.min(concurrency, 16);
}

/** What `downloadFile` asks for, checked. */
export function orderOfLink(
  context: HmiContext,
  link: string | URL,
  directory: string | URL,
  options: HmiDownloadFileOptions,
): { readonly order: FileOrder<string>; readonly target: Pick<TransferRequest<string>, 'directory' | 'name'> } {
  const operation = 'hmi.downloadFile';
  const { fileName = 'unique', signal } = options;
  requireNaming(fileName, operation);
  const url = requireText(String(link), 'url', operation);
  const uniqueName = safeFileName(uniqueNameOfLink(url), 'hmi.fits');
  const timeoutMs = transferTimeout(context, { ...options, concurrency: 1 });
  const order: FileOrder<string> = { operation, source: url, link: url, uniqueName, signal, timeoutMs };
  const name =
    fileName === 'server'
      ? serverName(order, new Claims())
      : fileName === 'unique'
        ? uniqueName
        : safeFileName(requireText(fileName(url), 'the result of fileName', operation), uniqueName);
  return { order, target: { directory: folder(directory, operation), name } };
}

/** What `open` asks for, checked. */
export function orderOfOpen(file: HmiFile | string | URL, options: CallOptions): FileOrder<string> {
  const operation = 'hmi.open';
  const isLink = typeof file === 'string' || isUrl(file);
  const link = requireText(isLink ? String(file) : file.url, 'file', operation);
  const record: HmiRecord | undefined = isLink ? undefined : file.record;
  const name = isLink || record === undefined ? uniqueNameOfLink(link) : uniqueFileName(record, link, file.segment);
  const { signal, timeoutMs } = options;
  return { operation, source: link, link, uniqueName: safeFileName(name, 'hmi.fits'), signal, timeoutMs };
}

function folder(directory: string | URL, operation: string): string {
  if (!isUrl(directory)) requireText(directory, 'directory', operation);
  return toPath(directory, `${operation}: directory`);
}

function requireNaming(fileName: unknown, operation: string): void {
  if (fileName !== 'unique' && fileName !== 'server' && typeof fileName !== 'function')
    throw new TypeError(`${operation}: fileName must be 'unique', 'server' or a function that gives a name`);
}
