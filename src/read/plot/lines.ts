import type { Axis } from './axis.js';
import { blocksOf } from './blocks.js';
import type { Source } from './source.js';
import { Thinner, type Point } from './thin.js';

/** What lines are made of. */
export interface LineParts {
  readonly source: Source;
  readonly error: Source | undefined;
  readonly axis: Axis;
  readonly along: number;
  /** Which lines of those across are drawn. */
  readonly lines: readonly number[];
  /** Only what is above 0 can be drawn. */
  readonly isLog: boolean;
  /** Pixels along the axis. */
  readonly columns: number;
  readonly signal: AbortSignal | undefined;
}

/** The points of each line, as many as can be seen. */
export async function pointsOf(parts: LineParts): Promise<(readonly Point[])[]> {
  const { source, error, axis, along, lines, isLog, columns, signal } = parts;
  const total = source.shape[along] ?? 1;
  const thinners = lines.map((line) => ({ line, thinner: new Thinner(total, columns) }));
  const errors = error === undefined ? undefined : blocksOf(error, along, signal);
  for await (const { first, length, values } of blocksOf(source, along, signal)) {
    const places = await axis.read(first, length);
    const widths = (await errors?.next())?.value?.values;
    const { step, lineStep } = stepsOf(source, along, length);
    for (let row = 0; row < length; row += 1)
      for (const { line, thinner } of thinners) {
        const at = row * step + line * lineStep;
        const value = seen(values[at], isLog);
        const width = widths === undefined ? 0 : (widths[at] ?? Number.NaN);
        const [low, high] = Number.isFinite(width) ? [value - width, value + width] : [value, value];
        const place = places[row] ?? Number.NaN;
        thinner.add({ index: first + row, place, value, low: isLog && low <= 0 ? value : low, high });
      }
  }
  return thinners.map(({ thinner }) => thinner.end());
}

const seen = (value = Number.NaN, isLog: boolean): number =>
  Number.isFinite(value) && (!isLog || value > 0) ? value : Number.NaN;

/** How far apart neighbours of a block lie, along the lines and from line to line. */
function stepsOf({ shape }: Source, along: number, length: number): { step: number; lineStep: number } {
  const isAfter = shape.some((count, axis) => axis > along && count > 1);
  const across = shape.find((count, axis) => axis !== along && count > 1) ?? 1;
  return isAfter ? { step: across, lineStep: 1 } : { step: 1, lineStep: length };
}
