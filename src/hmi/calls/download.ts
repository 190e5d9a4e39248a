import { safeFileName } from '../../core/transfer/file/file-name.js';
import { downloadMany } from '../../core/transfer/download-many.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import { elementsOf } from '../../core/operation/arguments.js';
import type { DownloadedFile, Downloads, FailedDownload } from '../../types.js';
import type { HmiOperation } from '../context.js';
import { reservedName, ReservedNames, serverName } from '../names/server-name.js';
import { segmentsOf } from '../records/filters.js';
import { abortable, headerTimeout } from '../transfer/abortable.js';
import { failingRequest, fileRequest, type FileOrder, targetFolder } from '../transfer/file-request.js';
import {
  chosenFiles,
  countFiles,
  missingSegment,
  orderOf,
  recordTitle,
  requireRecord,
  type Segments,
} from '../transfer/record-files.js';
import type { HmiDownloadOptions, HmiFile, HmiFileName, HmiRecord } from '../types.js';

type Records = Iterable<HmiRecord> | AsyncIterable<HmiRecord>;
type Requests = AsyncGenerator<TransferRequest<HmiFile>, void, undefined>;

/** What is asked for, checked. */
interface DownloadPlan {
  readonly directory: string;
  readonly segments: Segments;
  readonly fileName: HmiFileName<HmiFile>;
}

/** Downloads the files of records, each once, however often it is listed. */
export function download(
  op: HmiOperation,
  given: Records | HmiRecord,
  directory: string | URL,
  options: HmiDownloadOptions,
): Downloads<DownloadedFile<HmiFile> | FailedDownload<HmiFile>> {
  const plan: DownloadPlan = {
    directory: targetFolder(op.arguments, directory),
    segments: segmentsOf(op.arguments, options.segments),
    fileName: options.fileName ?? 'unique',
  };
  const records = elementsOf(Symbol.iterator in given || Symbol.asyncIterator in given ? given : [given]);
  const total = countFiles(op.arguments, records, plan.segments);
  const requests = requestsFor(op.with({ timeoutMs: headerTimeout(op, options) }), records, plan);
  return downloadMany(op, requests, { ...options, total });
}

/** The requests, made as they are needed. */
async function* requestsFor(
  op: HmiOperation,
  records: Records,
  { directory, segments, fileName }: DownloadPlan,
): Requests {
  const reserved = new ReservedNames();
  const listed = new Set<string>();
  for await (const record of abortable(records, op.signal)) {
    requireRecord(op.arguments, record);
    if (record.files.length === 0 && segments === undefined) op.warn(`record ${recordTitle(record)} has no files`);
    for (const file of chosenFiles(record, segments)) {
      const order = orderOf(record, file);
      if (order.link === '') {
        const request = failingRequest(op, order, missingSegment(op, order.source));
        yield { ...request, directory, name: order.uniqueName };
        continue;
      }
      if (listed.has(order.link)) continue;
      listed.add(order.link);
      yield { ...fileRequest(op, order), directory, name: nameFor(op, fileName, order, reserved) };
    }
  }
}

function nameFor(
  { arguments: args }: HmiOperation,
  fileName: HmiFileName<HmiFile>,
  { source, link, uniqueName }: FileOrder<HmiFile>,
  reserved: ReservedNames,
): TransferRequest<HmiFile>['name'] {
  if (fileName === 'server') return serverName(link, uniqueName, reserved);
  if (fileName === 'unique') return reservedName(reserved, uniqueName, link);
  const name = safeFileName(args.text(fileName(source), 'the result of fileName'), uniqueName);
  if (!reserved.reserve(name, link))
    throw args.invalid(`fileName gave two files the name ${JSON.stringify(name)}; make names unique`);
  return name;
}
