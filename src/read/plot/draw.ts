import { writeAtomic } from '../../core/files/write-atomic.js';
import type { Variable } from '../types.js';
import { drawImage } from './draw-image.js';
import { drawLines } from './draw-lines.js';
import { formOf } from './form.js';
import type { Checked } from './options.js';
import { loadLibraries, pngOf, svgOf } from './render.js';
import { sourceOf } from './source.js';
import type { Plot, PlotData } from './types.js';

/** Draws a variable, and writes the picture where that is wanted. */
export async function draw(value: Variable | PlotData, options: Checked): Promise<Plot> {
  const { part, kind, target, signal } = options;
  const source = sourceOf(value, part, 'plot');
  const form = formOf(source, kind);
  await loadLibraries(target?.isPng ?? false);
  const { spec, width, height } =
    form.kind === 'lines' ? await drawLines(source, form, options) : await drawImage(source, form, options);
  signal?.throwIfAborted();
  const svg = await svgOf(spec);
  const plotted: Plot = { svg, width, height, png: () => pngOf(svg) };
  if (target !== undefined) {
    const content = target.isPng ? await plotted.png() : svg;
    signal?.throwIfAborted();
    await writeAtomic(target.path, content);
  }
  return plotted;
}
