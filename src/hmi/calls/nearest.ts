import { today } from '../../core/util/time.js';
import type { HmiOperation } from '../context.js';
import { query } from './query.js';
import { slotOf, timeOf } from '../records/identity.js';
import { centiseconds } from '../times/slots.js';
import { toMicroseconds } from '../times/microseconds.js';
import type { DateLike } from '../../types.js';
import type { HmiLatestOptions, HmiNearestOptions, HmiRecord } from '../types.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The records (of all HARPs) of the slot whose observation lies nearest to a moment. */
export async function nearest(
  op: HmiOperation,
  series: string,
  when: DateLike,
  options: HmiNearestOptions,
): Promise<HmiRecord[]> {
  const { withinMs = 6 * HOUR_MS, ...conditions } = options;
  const reach = op.arguments.integer(withinMs, 'withinMs', { min: 1000 });
  const micros = toMicroseconds(when, op.arguments.label('the time'));
  const range = { start: dateOf(micros - reach * 1000), end: dateOf(micros + reach * 1000 + 1000) };
  const pager = query(op, series, { ...conditions, ...range });
  const target = centiseconds(micros);
  let best: HmiRecord[] = [];
  let distance = Infinity;
  for await (const record of pager) {
    const own = Math.abs(timeOf(record) - target);
    const [first] = best;
    if (first !== undefined && slotOf(first) === slotOf(record)) best.push(record);
    else if (own < distance) best = [record];
    distance = Math.min(distance, own);
  }
  return best;
}

/** The records (of all HARPs) of the last slot before a moment that has any. */
export async function latest(op: HmiOperation, series: string, options: HmiLatestOptions): Promise<HmiRecord[]> {
  const { before = today(), withinMs = 30 * DAY_MS, ...conditions } = options;
  const reach = op.arguments.integer(withinMs, 'withinMs', { min: 1000 });
  const end = toMicroseconds(before, op.arguments.label('before'));
  for (let back = 0; back < reach; back += DAY_MS) {
    const range = { start: dateOf(end - Math.min(back + DAY_MS, reach) * 1000), end: dateOf(end - back * 1000) };
    const pager = query(op, series, { ...conditions, ...range });
    const records = await pager.toArray();
    const last = records.at(-1);
    if (last !== undefined) return records.filter((record) => slotOf(record) === slotOf(last));
  }
  return [];
}

function dateOf(micros: number): Date {
  return new Date(Math.floor(micros / 1000));
}
