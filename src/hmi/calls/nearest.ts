import type { DateLike } from '../../types.js';
import type { HmiOperation } from '../context.js';
import { slotOf, timeOf } from '../records/identity.js';
import { dateOfMicroseconds, toMicroseconds } from '../times/microseconds.js';
import { centiseconds } from '../times/tai.js';
import type { HmiNearestOptions, HmiRecord } from '../types.js';
import { query } from './query.js';

const DEFAULT_REACH_MS = 6 * 3_600_000;

/** The records (of all HARPs) of the slot whose observation lies nearest to a moment. */
export async function nearest(
  op: HmiOperation,
  series: string,
  when: DateLike,
  { withinMs = DEFAULT_REACH_MS, ...conditions }: HmiNearestOptions,
): Promise<HmiRecord[]> {
  const reach = op.arguments.integer(withinMs, 'withinMs', { min: 1000 });
  const micros = toMicroseconds(when, op.arguments.label('the time'));
  const range = {
    start: dateOfMicroseconds(micros - reach * 1000),
    end: dateOfMicroseconds(micros + reach * 1000 + 1000),
  };
  const target = centiseconds(micros);
  let best: HmiRecord[] = [];
  let distance = Infinity;
  for await (const record of query(op, series, { ...conditions, ...range })) {
    const own = Math.abs(timeOf(record) - target);
    const [first] = best;
    if (first !== undefined && slotOf(first) === slotOf(record)) best.push(record);
    else if (own < distance) best = [record];
    distance = Math.min(distance, own);
  }
  return best;
}
