import { DAY_MS, dayMs, formatDay, parseDay } from '../../names/days.js';
import { now } from '../../../core/util/time.js';
import { tdbSeconds } from '../tdb.js';

/** Name and value of the parameters of a query. */
export type QueryPairs = readonly (readonly [name: string, value: string])[];

/** A pair of parameters that bound the same quantity from below and from above, along which a query can be divided. */
export interface Axis {
  readonly from: string;
  readonly to: string;
  readonly read: (text: string) => number | undefined;
  readonly write: (value: number) => string;
  /** 1: whole days, so that parts do not touch. 0: both parts take in the boundary, which no row can slip through. */
  readonly gap: 0 | 1;
  /** A span of this width or less is not divided further. */
  readonly least: number;
  /** The range of values that the server can read; a part without a bound reaches beyond the files that are known. */
  readonly range: readonly [first: number, last: number];
  /** Where most files lie; it decides where an open span is divided, never what is found. */
  readonly dense: () => readonly [first: number, last: number];
}

const LAUNCH_MS = Date.UTC(2025, 8, 24);
const FIRST_DAY = (dayMs(1, 1, 1) ?? 0) / DAY_MS;
const LAST_DAY = (dayMs(9999, 12, 31) ?? 0) / DAY_MS;

const days: Pick<Axis, 'read' | 'write' | 'range' | 'dense'> = {
  read: (text: string): number | undefined => {
    const ms = parseDay(text);
    return ms === undefined ? undefined : ms / DAY_MS;
  },
  write: (day: number): string => formatDay(day * DAY_MS),
  range: [FIRST_DAY, LAST_DAY],
  dense: () => [LAUNCH_MS / DAY_MS, Math.ceil(now() / DAY_MS)],
};

/** Start days of files, both ends included. A series of versions has one start day, so no series is torn apart. */
export const START_DAYS: Axis = { ...days, from: 'start_date', to: 'end_date', gap: 1, least: 0 };

/** Days of ingestion as `/query` reads them: whole days, both ends included. */
export const INGESTION_DAYS: Axis = {
  ...days,
  from: 'ingestion_start_date',
  to: 'ingestion_end_date',
  gap: 1,
  least: 0,
};

/** Days of ingestion as the kernel and table routes read them: midnights, both ends included. */
export const INGESTION_MIDNIGHTS: Axis = {
  ...days,
  from: 'start_ingest_date',
  to: 'end_ingest_date',
  gap: 0,
  least: 1,
};

/** Coverage in whole seconds of ephemeris time: kernels that end after `from` and begin before `to`. */
export const COVERAGE: Axis = {
  from: 'start_time',
  to: 'end_time',
  read: (text) => (/^-?[0-9]+$/u.test(text) ? Number(text) : undefined),
  write: String,
  gap: 0,
  least: 86_400,
  range: [Math.floor(tdbSeconds(Date.UTC(1900, 0))), Math.ceil(tdbSeconds(Date.UTC(2200, 0)))],
  dense: () => [Math.floor(tdbSeconds(LAUNCH_MS)), Math.ceil(tdbSeconds(now()))],
};

/** Two queries that together ask for all rows of one; `undefined` where its span is too short. */
export function halve(pairs: QueryPairs, axis: Axis): readonly [QueryPairs, QueryPairs] | undefined {
  const from = boundOf(pairs, axis.from, axis);
  const to = boundOf(pairs, axis.to, axis);
  const lower = from ?? axis.range[0];
  const upper = to ?? axis.range[1];
  if (upper - lower <= axis.least) return undefined;
  const inside = 1 - axis.gap;
  const middle = Math.min(Math.max(middleOf(from, to, axis), lower + inside), upper - 1);
  return [withValue(pairs, axis.to, axis.write(middle)), withValue(pairs, axis.from, axis.write(middle + axis.gap))];
}

/** The shortest span at the very beginning of the range, where there are no files: whether the server answers at all. */
export function emptiest(pairs: QueryPairs, axis: Axis): QueryPairs {
  const [first] = axis.range;
  const from = withValue(pairs, axis.from, axis.write(first));
  return withValue(from, axis.to, axis.write(first + axis.least));
}

export function isBounded(pairs: QueryPairs, axis: Axis): boolean {
  return valueIn(pairs, axis.from) !== undefined || valueIn(pairs, axis.to) !== undefined;
}

export function holds(pairs: QueryPairs, axis: Axis, value: number | undefined): boolean {
  if (value === undefined) return false;
  return (
    (boundOf(pairs, axis.from, axis) ?? -Infinity) <= value && value <= (boundOf(pairs, axis.to, axis) ?? Infinity)
  );
}

/** The span of a query in words: `20260105`, `20260105 to 20260107`, `to 20260107`; `undefined` where there is none. */
export function spanWords(pairs: QueryPairs, axis: Axis): string | undefined {
  const from = valueIn(pairs, axis.from);
  const to = valueIn(pairs, axis.to);
  if (from === undefined && to === undefined) return undefined;
  if (from === to) return from;
  return [from, to === undefined ? 'on' : `to ${to}`].filter((word) => word !== undefined).join(' ');
}

/** An open span is divided within the mission first, then at growing distance from it. */
function middleOf(from: number | undefined, to: number | undefined, { dense }: Axis): number {
  const [early, late] = dense();
  const stride = late - early;
  if (from !== undefined && to !== undefined) return Math.floor((from + to) / 2);
  if (from !== undefined)
    return from < late ? Math.floor((from + late) / 2) : from + Math.max(stride, 2 * (from - late));
  if (to !== undefined) return to > early ? Math.floor((early + to) / 2) : to - Math.max(stride, 2 * (early - to));
  return Math.floor((early + late) / 2);
}

/** The value of a parameter; `undefined` where a query does not have it. */
export function valueIn(pairs: QueryPairs, name: string): string | undefined {
  return pairs.find(([own]) => own === name)?.[1];
}

function boundOf(pairs: QueryPairs, name: string, axis: Axis): number | undefined {
  const text = valueIn(pairs, name);
  return text === undefined ? undefined : axis.read(text);
}

function withValue(pairs: QueryPairs, name: string, value: string): QueryPairs {
  if (valueIn(pairs, name) === undefined) return [...pairs, [name, value]];
  return pairs.map((pair) => (pair[0] === name ? [name, value] : pair));
}
