import type { Axis } from './axis.js';

/** Where the elements along one axis lie on the pixels of an image. */
export interface Cells {
  /** The pixels of element `n`: from `from[n]` on, without `to[n]`. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The values at both ends of the axis. */
  readonly domain: readonly [low: number, high: number];
  readonly isLog: boolean;
  /** Whether they lie by the values of the axis; else by their numbers. */
  readonly isPlaced: boolean;
}

/** A gap is where neighbours are farther apart than so many usual steps. */
const GAP = 3;

/** Each element as wide as the way to its neighbours, by the values of its axis where they rise or fall throughout. */
export async function cellsOf(axis: Axis, count: number, pixels: number): Promise<Cells> {
  const values = Float64Array.from(await axis.read(0, count));
  const isLog = axis.isLog && values.every((value) => value > 0);
  const own = isLog ? values.map(Math.log10) : values;
  const isPlaced = axis.isIndex || isMonotonic(own);
  const centres = isPlaced ? own : values.map((_, at) => at);
  const steps = stepsOf(centres);
  const usual = usualOf(steps);
  /** Half of the way to the next element; of none where there is a gap, but half a usual step. */
  const half = (step = usual): number => (Math.abs(step) > GAP * Math.abs(usual) ? usual : step) / 2;
  const left = (at: number): number => (centres[at] ?? 0) - half(steps[at - 1]);
  const right = (at: number): number => (centres[at] ?? 0) + half(steps[at]);
  const [one, other] = [left(0), right(count - 1)];
  const [low, high] = [Math.min(one, other), Math.max(one, other)];
  const [from, to] = [new Int32Array(count), new Int32Array(count)];
  for (let at = 0; at < count; at += 1) {
    const [a, b] = [(left(at) - low) / (high - low), (right(at) - low) / (high - low)];
    const [begin, end] = [Math.min(a, b) * pixels, Math.max(a, b) * pixels];
    const [first, last] = [Math.round(begin), Math.round(end)];
    const middle = Math.min(pixels - 1, Math.max(0, Math.floor((begin + end) / 2)));
    from[at] = last > first ? first : middle;
    to[at] = last > first ? last : middle + 1;
  }
  const asValue = (place: number): number => (isLog && isPlaced ? 10 ** place : place);
  return { from, to, domain: [asValue(low), asValue(high)], isLog: isLog && isPlaced, isPlaced };
}

function stepsOf(places: Float64Array): Float64Array {
  const steps = new Float64Array(Math.max(0, places.length - 1));
  for (let at = 0; at < steps.length; at += 1) steps[at] = (places[at + 1] ?? 0) - (places[at] ?? 0);
  return steps;
}

function isMonotonic(places: Float64Array): boolean {
  const steps = stepsOf(places);
  return steps.length > 0 && (steps.every((step) => step > 0) || steps.every((step) => step < 0));
}

/** The step in the middle of all by size. */
const usualOf = (steps: Float64Array): number => steps.slice().sort()[Math.floor(steps.length / 2)] ?? 1;
