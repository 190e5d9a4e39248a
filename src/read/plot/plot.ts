import { lazy } from '../../core/util/lazy.js';
import { untilAborted } from '../../core/util/signal.js';
import type { Variable } from '../types.js';
import { checkedOptions, isSource } from './options.js';
import type { Plot, PlotData, PlotOptions } from './types.js';

/** What draws is loaded at the first plot, so that a program that only reads files does not load it. */
const drawing = lazy(() => import('./draw.js'));

/**
 * Plots a variable for a quick look: lines against time, height or the axis that the file names, or an image with a colour
 * scale. Needs the package `vega`, and `sharp` for PNG; both are installed separately.
 *
 * Fill values are gaps, times are UTC, names and units are those of the file. An image of FITS has its origin at the lower left, one of
 * ENVI has its first line at the top. Data larger than the picture is read piece by piece and reduced: for a line, the lowest and the highest
 * value of each pixel column are kept; for an image, the means.
 *
 * @param source - A variable of an open file, or your own values.
 * @returns The picture; with `to`, it is also written to a file.
 * @throws `TypeError` when an option has the wrong form, the values are not numbers, or a package is not installed; `RangeError` when
 * the part lies outside the variable or has more than two axes; `DataError` when the file is damaged; `signal.reason` when it was
 * aborted; the system's error when the picture cannot be written.
 *
 * @example
 * ```ts
 * import { openData, plot } from '@lab/sdc/read';
 *
 * await using file = await openData('imap_mag_l1a_burst-magi_20231025_v001.cdf');
 * const vectors = file.variables.get('vectors');
 * if (vectors !== undefined) await plot(vectors, { to: 'vectors.svg' });
 * ```
 */
export async function plot(source: Variable | PlotData, options: PlotOptions = {}): Promise<Plot> {
  if (!isSource(source))
    throw new TypeError('plot: the first argument must be a variable, or an object with name and data');
  const checked = checkedOptions(options);
  const { signal } = checked;
  signal?.throwIfAborted();
  const { draw } = await drawing();
  return untilAborted(draw(source, checked), signal);
}
