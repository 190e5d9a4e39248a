import type { Arguments } from '../../core/operation/arguments.js';
import { formatDateObs, modulo, toMicroseconds } from '../times/microseconds.js';
import { MICROSECONDS_PER_SECOND } from '../times/leap-seconds.js';
import type { HmiQuery } from '../types.js';

const DAY_MS = 86_400_000;

/** A time range cut into requests. All numbers are microseconds since 1970 UTC. */
export interface Slices {
  readonly start: number;
  readonly end: number;
  readonly count: number;
  /** The half-open range of a slice, 0-based, in whole seconds. */
  slice(index: number): Slice;
}

/** One request's range. */
export interface Slice {
  readonly start: number;
  readonly end: number;
  /** As sent: whole seconds with `Z`. */
  readonly startText: string;
  readonly endText: string;
}

/**
 * Cuts a range into half-open slices of whole seconds, a day each by default. Neighbours share their edge: whether the
 * service counts its bounds in or out is not known, so a record at an edge may be listed twice, and duplicates are removed later.
 *
 * @throws `TypeError` for dates that are none, `RangeError` for an end that is not after the start.
 */
export function cutIntoSlices(args: Arguments, query: Pick<HmiQuery, 'start' | 'end' | 'sliceMs'>): Slices {
  const start = toMicroseconds(query.start, args.label('start'));
  const end = toMicroseconds(query.end, args.label('end'));
  if (end <= start) throw args.outOfRange('end must be after start');
  const sliceMs = args.integer(query.sliceMs ?? DAY_MS, 'sliceMs', { min: 1000 });
  const length = (sliceMs - (sliceMs % 1000)) * 1000;
  const from = start - modulo(start, MICROSECONDS_PER_SECOND);
  const to = end + modulo(-end, MICROSECONDS_PER_SECOND);
  return {
    start,
    end,
    count: Math.ceil((to - from) / length),
    slice: (index) => {
      const first = from + index * length;
      const last = Math.min(to, first + length);
      return { start: first, end: last, startText: formatDateObs(first), endText: formatDateObs(last) };
    },
  };
}
