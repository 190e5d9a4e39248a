import { createPager, type LoadedPage } from '../../core/paging/pager.js';
import type { Pager } from '../../types.js';
import type { HmiOperation } from '../context.js';
import { fetchSlice, cutIntoSlices, type Slice, type Slices } from '../slices/fetch-slice.js';
import { recordFilter } from '../records/filters.js';
import { inTimeOrder, recordKey, timeOf, requireSeries } from '../records/identity.js';
import { MICROSECONDS_PER_SECOND } from '../times/leap-seconds.js';
import { modulo } from '../times/microseconds.js';
import { centiseconds, SLOT_SECONDS } from '../times/tai.js';
import type { HmiQuery, HmiRecord } from '../types.js';

/** What one slice leaves to the next. Memory stays that of two slices, however long the range. */
interface Cursor {
  readonly index: number;
  /** Records at or behind the end of the last slice: listed early, and listed again by the next slice. */
  readonly held: readonly HmiRecord[];
  /** Keys of the records that the last slice gave. */
  readonly given: ReadonlySet<string>;
}

const SLOT_CENTISECONDS = SLOT_SECONDS * 100;

/**
 * Lists a range slice by slice: one page is one slice, in time order, without duplicates at the edges.
 *
 * A slice that fails rejects the iteration; `byPage({ from })` goes on from there.
 */
export function query(op: HmiOperation, series: string, asked: HmiQuery): Pager<HmiRecord> {
  requireSeries(op.arguments, series);
  const slices = cutIntoSlices(op.arguments, asked);
  const filter = recordFilter(op.arguments, asked);
  const { meta } = asked;

  const load = async (own: HmiOperation, cursor = startAt(0)): Promise<LoadedPage<HmiRecord, Cursor>> => {
    const { index } = cursor;
    const numbers = { page: index + 1, pageCount: slices.count };
    if (index >= slices.count) return { items: [], ...numbers };
    const slice = slices.slice(index);
    const fetched = await fetchSlice(own, series, slice, meta);
    const isLast = index + 1 === slices.count;
    const { ready, held } = divide(merge(cursor, fetched.records), slice, slices, isLast);
    const filtered = filter(inTimeOrder(ready));
    const warnings = [...fetched.warnings, ...filtered.warnings];
    for (const warning of warnings) op.warn(warning);
    const next: Cursor = { index: index + 1, held, given: new Set(ready.map(recordKey)) };
    return { items: filtered.records, ...numbers, warnings, next: isLast ? undefined : next };
  };
  return createPager(op, load, op.init(), (page) => startAt(page - 1), op.begun);
}

function startAt(index: number): Cursor {
  return { index, held: [], given: new Set() };
}

function merge(cursor: Cursor, rows: readonly HmiRecord[]): HmiRecord[] {
  const byKey = new Map<string, HmiRecord>();
  for (const record of [...cursor.held, ...rows]) {
    const key = recordKey(record);
    if (!cursor.given.has(key) && !byKey.has(key)) byKey.set(key, record);
  }
  return [...byKey.values()];
}

/**
 * Which records belong to this page. The service may filter by slot instead of by observation time, which lies up to
 * 76 s earlier, so a record up to one slot before the slice is kept rather than lost between two slices.
 */
function divide(
  records: readonly HmiRecord[],
  slice: Slice,
  slices: Slices,
  isLast: boolean,
): { readonly ready: HmiRecord[]; readonly held: HmiRecord[] } {
  const ready: HmiRecord[] = [];
  const held: HmiRecord[] = [];
  const earliest = centiseconds(slice.start) - SLOT_CENTISECONDS;
  const start = centiseconds(slices.start);
  const sent = centiseconds(slices.start - modulo(slices.start, MICROSECONDS_PER_SECOND));
  const end = centiseconds(isLast ? slices.end : slice.end);
  for (const record of records) {
    const time = timeOf(record);
    // Requests are in whole seconds: what lies between the second that was sent and the wanted start is left out.
    const inSliver = time >= sent && time < start;
    if (time < earliest || inSliver) continue;
    if (time < end) ready.push(record);
    else if (!isLast) held.push(record);
  }
  return { ready, held };
}
