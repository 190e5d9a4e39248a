import { ProductNotAvailable } from '../../errors.js';
import { isList, type Arguments } from '../../core/operation/arguments.js';
import { safeFileName } from '../../core/transfer/file/file-name.js';
import type { HmiOperation } from '../context.js';
import { uniqueFileName } from '../names/unique-name.js';
import { fileOf } from '../records/identity.js';
import type { HmiFile, HmiRecord } from '../types.js';
import type { FileOrder } from './file-request.js';

/** Names of the wanted segments, case-sensitive; `undefined` means all. */
export type Segments = ReadonlySet<string> | undefined;

/** Files of the wanted segments; a wanted one that the record lacks has no address. */
export function chosenFiles(record: HmiRecord, segments: Segments): readonly Pick<HmiFile, 'url' | 'segment'>[] {
  if (segments === undefined) return record.files;
  // Generation 1 names no segments: its one file is all there is to choose.
  const chosen = record.files.filter(({ segment }) => segment === undefined || segments.has(segment));
  if (chosen.some(({ segment }) => segment === undefined)) return chosen;
  const there = new Set(chosen.map(({ segment }) => segment));
  const missing = [...segments].filter((segment) => !there.has(segment)).map((segment) => ({ url: '', segment }));
  return [...chosen, ...missing];
}

/** What to fetch for a file of a record. */
export function orderOf(record: HmiRecord, { url, segment }: Pick<HmiFile, 'url' | 'segment'>): FileOrder<HmiFile> {
  return {
    source: fileOf(record, url, segment),
    link: url,
    title: `record ${recordTitle(record)}${segment === undefined ? '' : `, segment ${segment}`}`,
    uniqueName: safeFileName(uniqueFileName(record, url, segment), 'hmi.fits'),
  };
}

/**
 * How many files come of records that are all there already; `undefined` where they are still to come.
 *
 * @throws `TypeError` when one of them is not a record.
 */
export function countFiles(
  args: Arguments,
  records: readonly HmiRecord[] | AsyncIterable<HmiRecord>,
  segments: Segments,
): number | undefined {
  if (!isList(records)) return undefined;
  for (const record of records) requireRecord(args, record);
  const urls = records.flatMap((record) =>
    chosenFiles(record, segments).map(({ url }, at) => url || `${recordTitle(record)} ${at}`),
  );
  return new Set(urls).size;
}

export function requireRecord(args: Arguments, record: unknown): void {
  const isRecord =
    typeof record === 'object' &&
    record !== null &&
    'files' in record &&
    Array.isArray(record.files) &&
    'dateObsText' in record;
  if (!isRecord) throw args.invalid('records must be records returned by query()');
}

export function missingSegment(op: HmiOperation, { record, segment }: HmiFile): ProductNotAvailable {
  const names = record.files.map((file) => file.segment ?? '').join(', ');
  const offer = names === '' ? 'it has no files' : `it has ${names} (names are case-sensitive)`;
  return new ProductNotAvailable(
    `record ${recordTitle(record)} has no segment ${JSON.stringify(segment)}; ${offer}`,
    op.init(),
  );
}

export function recordTitle(record: HmiRecord): string {
  return `${record.series} ${record.recnum ?? record.dateObsText}`;
}
