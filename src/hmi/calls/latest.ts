import { today } from '../../core/util/time.js';
import type { HmiOperation } from '../context.js';
import { slotOf } from '../records/identity.js';
import { dateOfMicroseconds, toMicroseconds } from '../times/microseconds.js';
import type { HmiLatestOptions, HmiRecord } from '../types.js';
import { query } from './query.js';
import { DAY_MS } from '../../core/util/dates.js';

const DEFAULT_REACH_MS = 30 * DAY_MS;

/** The records (of all HARPs) of the last slot before a moment that has any; looked for day by day. */
export async function latest(
  op: HmiOperation,
  series: string,
  { before = today(), withinMs = DEFAULT_REACH_MS, ...conditions }: HmiLatestOptions,
): Promise<HmiRecord[]> {
  const reach = op.arguments.integer(withinMs, 'withinMs', { min: 1000 });
  const end = toMicroseconds(before, op.arguments.label('before'));
  for (let back = 0; back < reach; back += DAY_MS) {
    const range = {
      start: dateOfMicroseconds(end - Math.min(back + DAY_MS, reach) * 1000),
      end: dateOfMicroseconds(end - back * 1000),
    };
    const records = await query(op, series, { ...conditions, ...range }).toArray();
    const last = records.at(-1);
    if (last !== undefined) return records.filter((record) => slotOf(record) === slotOf(last));
  }
  return [];
}
