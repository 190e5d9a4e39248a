import { toPath } from '../../core/files/paths.js';
import { safeFileName } from '../../core/transfer/file-name.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import { isUrl } from '../../core/util/realms.js';
import type { Arguments } from '../../core/operation/arguments.js';
import type { DownloadOptions } from '../../types.js';
import type { HmiOperation } from '../context.js';
import { segmentsOf } from '../records/filters.js';
import type { HmiDownloadFileOptions, HmiDownloadOptions, HmiFile, HmiRecord } from '../types.js';
import { Claims } from '../names/reserved-names.js';
import { serverName, type FileOrder } from '../transfer/file-request.js';
import type { DownloadPlan, RecordSource } from '../transfer/record-files.js';
import { uniqueFileName, uniqueNameOfLink } from '../names/unique-name.js';

const DEFAULT_CONCURRENCY = 4;

/**
 * Checks the arguments of `download`.
 *
 * @throws `TypeError` or `RangeError`, before any request.
 */
export function planDownload(op: HmiOperation, directory: string | URL, options: HmiDownloadOptions): DownloadPlan {
  const { segments, fileName = 'unique' } = options;
  requireNaming(op.arguments, fileName);
  return {
    directory: folder(op.arguments, directory),
    segments: segmentsOf(op.arguments, segments),
    fileName,
    timeoutMs: transferTimeout(op, options),
  };
}

/** Records in any form as something to go through. */
export function recordsOf(args: Arguments, records: RecordSource | HmiRecord): RecordSource {
  const value: unknown = records;
  if (typeof value !== 'object' || value === null)
    throw args.invalid('records must be a record, a list of records or a pager of query()');
  return Symbol.iterator in records || Symbol.asyncIterator in records ? records : [records];
}

/**
 * The wait for the headers of a file: a single-threaded service answers one request after the other, so with several at
 * a time the default is multiplied. What the caller sets, holds.
 */
export function transferTimeout({ context, http }: HmiOperation, options: DownloadOptions): number | undefined {
  const { timeoutMs, concurrency = DEFAULT_CONCURRENCY } = options;
  if (timeoutMs !== undefined || !context.hasDefaultTimeout || !(concurrency > 1)) return timeoutMs;
  return http.settings.timeoutMs * Math.min(concurrency, 16);
}

/** What `downloadFile` asks for, checked. */
export function orderOfLink(
  op: HmiOperation,
  link: string | URL,
  directory: string | URL,
  options: HmiDownloadFileOptions,
): { readonly order: FileOrder<string>; readonly target: Pick<TransferRequest<string>, 'directory' | 'name'> } {
  const { fileName = 'unique' } = options;
  requireNaming(op.arguments, fileName);
  const url = op.arguments.text(String(link), 'url');
  const uniqueName = safeFileName(uniqueNameOfLink(url), 'hmi.fits');
  const timeoutMs = transferTimeout(op, { ...options, concurrency: 1 });
  const order: FileOrder<string> = { source: url, link: url, uniqueName, timeoutMs };
  const name =
    fileName === 'server'
      ? serverName(order, new Claims())
      : fileName === 'unique'
        ? uniqueName
        : safeFileName(op.arguments.text(fileName(url), 'the result of fileName'), uniqueName);
  return { order, target: { directory: folder(op.arguments, directory), name } };
}

/** What `open` asks for, checked. */
export function orderOfOpen(op: HmiOperation, file: HmiFile | string | URL): FileOrder<string> {
  const isLink = typeof file === 'string' || isUrl(file);
  const link = op.arguments.text(isLink ? String(file) : file.url, 'file');
  const record: HmiRecord | undefined = isLink ? undefined : file.record;
  const name = isLink || record === undefined ? uniqueNameOfLink(link) : uniqueFileName(record, link, file.segment);
  return { source: link, link, uniqueName: safeFileName(name, 'hmi.fits'), timeoutMs: op.timeoutMs };
}

function folder(args: Arguments, directory: string | URL): string {
  if (!isUrl(directory)) args.text(directory, 'directory');
  return toPath(directory, args.label('directory'));
}

function requireNaming(args: Arguments, fileName: unknown): void {
  if (fileName !== 'unique' && fileName !== 'server' && typeof fileName !== 'function')
    throw args.invalid("fileName must be 'unique', 'server' or a function that gives a name");
}
