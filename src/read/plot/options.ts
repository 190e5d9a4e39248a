import { toPath } from '../../core/files/paths.js';
import { nearestName } from '../../core/util/nearest-name.js';
import { tagOf } from '../../core/util/realms.js';
import type { ReadOptions, Variable } from '../types.js';
import { COLOURS } from './colours.js';
import type { PlotColours, PlotData, PlotOptions } from './types.js';

/** Options as they were checked. */
export interface Checked {
  readonly part: ReadOptions;
  readonly target: { readonly path: string; readonly isPng: boolean } | undefined;
  readonly kind: PlotOptions['kind'];
  readonly against: Variable | PlotData | undefined;
  readonly error: Variable | PlotData | undefined;
  readonly labels: readonly string[] | undefined;
  readonly title: string | undefined;
  readonly range: readonly [number, number] | undefined;
  readonly scale: PlotOptions['scale'];
  readonly colours: PlotColours;
  readonly width: number;
  readonly height: number | undefined;
  readonly signal: AbortSignal | undefined;
}

const NAMES = [
  'start',
  'count',
  'stride',
  'to',
  'kind',
  'against',
  'error',
  'labels',
  'title',
  'range',
  'scale',
  'colours',
  'width',
  'height',
  'signal',
];

/** @throws `TypeError`, `RangeError` for an option that is unknown or has the wrong form. */
export function checkedOptions(options: PlotOptions): Checked {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new TypeError('plot: options must be an object');
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || NAMES.includes(name)) continue;
    const near = nearestName(name, NAMES);
    const advice = near === undefined ? `the known ones are ${NAMES.join(', ')}` : `did you mean "${near}"?`;
    throw new TypeError(`plot: unknown option ${JSON.stringify(name.slice(0, 60))}; ${advice}`);
  }
  const { start, count, stride, to, against, error, labels, title, range, signal } = options;
  requireThat(signal === undefined || isSignal(signal), 'signal must be an AbortSignal');
  requireThat(title === undefined || typeof title === 'string', 'title must be a string');
  requireThat(labels === undefined || isListOf(labels, 'string'), 'labels must be a list of strings');
  requireThat(range === undefined || isRange(range), 'range must be two numbers, the lower one first');
  for (const [name, value] of Object.entries({ against, error }))
    requireThat(value === undefined || isSource(value), `${name} must be a variable, or an object with name and data`);
  return {
    part: { start, count, stride },
    target: to === undefined ? undefined : targetOf(to),
    kind: oneOf('kind', options.kind, ['lines', 'image']),
    against,
    error,
    labels,
    title,
    range,
    scale: oneOf('scale', options.scale, ['linear', 'log']),
    colours: oneOf('colours', options.colours, Object.keys(COLOURS).filter(isColours)) ?? 'viridis',
    width: pixels('width', options.width, 200) ?? 720,
    height: pixels('height', options.height, 150),
    signal,
  };
}

const isColours = (name: string): name is PlotColours => Object.hasOwn(COLOURS, name);

function requireThat(holds: boolean, words: string): void {
  if (!holds) throw new TypeError(`plot: ${words}`);
}

/** Whether this can be plotted: a variable, or values with a name. */
export function isSource(value: unknown): value is Variable | PlotData {
  if (typeof value !== 'object' || value === null || !('name' in value) || typeof value.name !== 'string') return false;
  if ('read' in value) return typeof value.read === 'function';
  return 'data' in value && (Array.isArray(value.data) || (ArrayBuffer.isView(value.data) && 'length' in value.data));
}

function targetOf(to: string | URL): { path: string; isPng: boolean } {
  const path = toPath(to, 'plot: to');
  const [ending] = /\.(?:svg|png)$/iu.exec(path) ?? [];
  if (ending === undefined) throw new TypeError(`plot: to must end in .svg or .png, got ${JSON.stringify(String(to))}`);
  return { path, isPng: ending.toLowerCase() === '.png' };
}

function oneOf<T extends string>(name: string, value: T | undefined, known: readonly T[]): T | undefined {
  if (value === undefined || known.includes(value)) return value;
  throw new TypeError(`plot: ${name} must be one of ${known.join(', ')}`);
}

const MOST_PIXELS = 4000;

function pixels(name: string, value: number | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  requireThat(typeof value === 'number', `${name} must be a number`);
  if (!Number.isInteger(value) || value < least || value > MOST_PIXELS)
    throw new RangeError(`plot: ${name} is ${value}; it must be a whole number from ${least} to ${MOST_PIXELS}`);
  return value;
}

const isListOf = (value: unknown, type: 'string' | 'number'): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === type);

function isRange(value: readonly unknown[]): boolean {
  const [low, high] = value;
  return isListOf(value, 'number') && value.length === 2 && Number(low) < Number(high) && value.every(Number.isFinite);
}

const isSignal = (value: unknown): boolean =>
  value instanceof AbortSignal || (typeof value === 'object' && value !== null && tagOf(value) === 'AbortSignal');
