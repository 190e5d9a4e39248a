import { ProductNotAvailable } from '../../errors.js';
import { safeFileName } from '../../core/transfer/file-name.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import type { Arguments } from '../../core/operation/arguments.js';
import type { HmiOperation } from '../context.js';
import { fileOf } from '../decode/record.js';
import type { HmiFile, HmiFileName, HmiRecord } from '../types.js';
import { abortable } from './abortable.js';
import { Claims } from '../names/reserved-names.js';
import { failingCall, fileCall, serverName, type FileOrder } from './file-request.js';
import { uniqueFileName } from '../names/unique-name.js';

/** What a call of `download` asks for, checked. */
export interface DownloadPlan {
  readonly directory: string;
  readonly segments: ReadonlySet<string> | undefined;
  readonly fileName: HmiFileName<HmiFile>;
  readonly timeoutMs: number | undefined;
}

export type RecordSource = Iterable<HmiRecord> | AsyncIterable<HmiRecord>;

/** The files of records as requests, made as they are needed; each file once, however often it is listed. */
export async function* downloadRequests(
  op: HmiOperation,
  records: RecordSource,
  plan: DownloadPlan,
): AsyncGenerator<TransferRequest<HmiFile>, void, undefined> {
  const claims = new Claims();
  const listed = new Set<string>();
  for await (const record of abortable(records, op.signal)) {
    requireRecord(op.arguments, record);
    if (record.files.length === 0 && plan.segments === undefined) op.warn(`record ${titleOf(record)} has no files`);
    for (const file of chosenFiles(record, plan.segments)) {
      const order = orderFor(plan, record, file);
      if (file.url === '') {
        const call = failingCall(op, order, missingSegment(op, record, order.source));
        yield { ...call, directory: plan.directory, name: order.uniqueName };
        continue;
      }
      if (listed.has(file.url)) continue;
      listed.add(file.url);
      yield { ...fileCall(op, order), directory: plan.directory, name: nameFor(op, plan, order, claims) };
    }
  }
}

/**
 * How many requests come of records that are all there already.
 *
 * @throws `TypeError` when one of them is no record.
 */
export function countFiles(
  args: Arguments,
  records: RecordSource,
  segments: ReadonlySet<string> | undefined,
): number | undefined {
  if (!Array.isArray(records)) return undefined;
  const list: readonly HmiRecord[] = records;
  for (const record of list) requireRecord(args, record);
  const urls = list.flatMap((record) =>
    chosenFiles(record, segments).map(({ url }, at) => url || `${titleOf(record)} ${at}`),
  );
  return new Set(urls).size;
}

/** Files of the wanted segments; a wanted one that the record lacks stands there without an address. */
function chosenFiles(
  record: HmiRecord,
  segments: ReadonlySet<string> | undefined,
): readonly Pick<HmiFile, 'url' | 'segment'>[] {
  if (segments === undefined) return record.files;
  // Generation 1 names no segments: its one file is all there is to choose.
  const chosen = record.files.filter(({ segment }) => segment === undefined || segments.has(segment));
  if (chosen.some(({ segment }) => segment === undefined)) return chosen;
  const there = new Set(chosen.map(({ segment }) => segment));
  const missing = [...segments].filter((segment) => !there.has(segment)).map((segment) => ({ url: '', segment }));
  return [...chosen, ...missing];
}

function orderFor(plan: DownloadPlan, record: HmiRecord, file: Pick<HmiFile, 'url' | 'segment'>): FileOrder<HmiFile> {
  const { timeoutMs } = plan;
  const source = fileOf(record, file.url, file.segment);
  const uniqueName = safeFileName(uniqueFileName(record, file.url, file.segment), 'hmi.fits');
  const title = `record ${titleOf(record)}${file.segment === undefined ? '' : `, segment ${file.segment}`}`;
  return { source, title, link: file.url, uniqueName, timeoutMs };
}

function nameFor(
  { arguments: args }: HmiOperation,
  { fileName }: DownloadPlan,
  order: FileOrder<HmiFile>,
  claims: Claims,
): TransferRequest<HmiFile>['name'] {
  if (fileName === 'server') return serverName(order, claims);
  if (fileName === 'unique') {
    let name = order.uniqueName;
    for (let count = 2; claims.claim(name, order.link) === 'taken'; count += 1)
      name = order.uniqueName.replace(/(\.fits(?:\.[gf]z)?)$/u, `.${count}$1`);
    return name;
  }
  const name = safeFileName(args.text(fileName(order.source), 'the result of fileName'), order.uniqueName);
  if (claims.claim(name, order.link) === 'taken')
    throw args.invalid(`fileName gave the name ${JSON.stringify(name)} to two files; make it unique`);
  return name;
}

function missingSegment(op: HmiOperation, record: HmiRecord, file: HmiFile): ProductNotAvailable {
  const names = record.files.map(({ segment }) => segment ?? '').join(', ');
  const offer = names === '' ? 'it has no files' : `it has ${names} (names are case-sensitive)`;
  return new ProductNotAvailable(
    `record ${titleOf(record)} has no segment ${JSON.stringify(file.segment)}; ${offer}`,
    op.init(),
  );
}

function requireRecord(args: Arguments, record: unknown): void {
  const isRecord =
    typeof record === 'object' &&
    record !== null &&
    'files' in record &&
    Array.isArray(record.files) &&
    'dateObsText' in record;
  if (!isRecord) throw args.invalid('records must be records as query() gives them');
}

function titleOf(record: HmiRecord): string {
  return `${record.series} ${record.recnum ?? record.dateObsText}`;
}
