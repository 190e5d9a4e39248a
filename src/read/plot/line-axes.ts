import { descriptionOf, type Axis } from './axis.js';
import type { DrawnAxis } from './frame.js';
import type { Source } from './source.js';
import { labelOf } from './text.js';
import type { Point } from './thin.js';

type Domain = readonly [low: number, high: number];

/** The least and the most of some numbers; `undefined` where there is none. */
function extentOf(lines: readonly (readonly Point[])[], pick: (point: Point) => readonly number[]): Domain | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const points of lines)
    for (const point of points)
      for (const number of pick(point))
        if (Number.isFinite(number)) [low, high] = [Math.min(low, number), Math.max(high, number)];
  return low <= high ? [low, high] : undefined;
}

/** A domain of some length, also of one value. */
export function widened([low, high]: Domain, isLog = false): Domain {
  if (low < high) return [low, high];
  if (isLog) return [low / 2, high * 2];
  const half = low === 0 ? 1 : Math.abs(low) / 20;
  return [low - half, high + half];
}

/** The axis of the places, and what a place becomes on it. */
export function placesAxis(
  axis: Axis,
  lines: readonly (readonly Point[])[],
): { axis: DrawnAxis; placed(place: number): number } {
  const extent = extentOf(lines, ({ place, value }) => (Number.isNaN(value) ? [] : [place]));
  if (axis.isTime) return timesAxis(axis.label, extent ?? [0, 1]);
  const isLog = axis.isLog && extent !== undefined && extent[0] > 0;
  const domain = widened(extent ?? [0, 1], isLog);
  const drawn: DrawnAxis = { label: axis.label, domain, type: isLog ? 'log' : 'linear', isRounded: false };
  return { axis: drawn, placed: (place) => place };
}

/** Times of less than this many milliseconds have no room for a clock. */
const SHORT_MS = 1000;

/** Times of UTC; the label says of which day. What is shorter than a second is counted from its beginning. */
export function timesAxis(label: string, [first, last]: Domain): { axis: DrawnAxis; placed(place: number): number } {
  const [from, to] = [new Date(first).toISOString(), new Date(last).toISOString()];
  if (last - first < SHORT_MS) {
    const domain = widened([0, (last - first) / 1000]);
    const axis: DrawnAxis = { label: `seconds after ${from}`, domain, type: 'linear', isRounded: false };
    return { axis, placed: (place) => (place - first) / 1000 };
  }
  const [firstDay = '', lastDay = ''] = [from, to].map((text) => text.slice(0, text.indexOf('T')));
  const days = firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`;
  return {
    axis: { label: `${label}, ${days}`, domain: [first, last], type: 'utc', isRounded: false },
    placed: (place) => place,
  };
}

/** The axis of the values. */
export function valuesAxis(
  source: Source,
  lines: readonly (readonly Point[])[],
  isLog: boolean,
  range: Domain | undefined,
): DrawnAxis {
  const { name, attributes, units, isTime } = source;
  const label = labelOf(descriptionOf(name, attributes), isTime ? 'UTC' : units);
  const extent =
    extentOf(lines, ({ value, low, high }) => (Number.isNaN(value) ? [] : [low, high])) ?? (isLog ? [1, 10] : [0, 1]);
  const domain = range ?? widened(extent, isLog);
  return { label, domain, type: isTime ? 'utc' : isLog ? 'log' : 'linear', isRounded: range === undefined };
}
