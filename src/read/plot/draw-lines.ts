import type { Spec } from 'vega';
import { axisOf } from './axis.js';
import { againstOf, errorOf } from './beside.js';
import type { Form } from './form.js';
import { linesOf } from './labels.js';
import { pointsOf } from './lines.js';
import { linesSpec } from './lines-spec.js';
import type { Checked } from './options.js';
import { placesAxis, valuesAxis } from './line-axes.js';
import { isLogScale } from './scale.js';
import type { Source } from './source.js';
import { titleOf } from './text.js';

/** A picture before it is drawn. */
export interface Drawing {
  readonly spec: Spec;
  readonly width: number;
  readonly height: number;
}

const HEIGHT = 400;
const MARGINS = { left: 76, right: 20, top: 36, bottom: 44 };

/** Lines of a part, each against the axis along it. */
export async function drawLines(source: Source, form: Form & { kind: 'lines' }, options: Checked): Promise<Drawing> {
  const { along, across } = form;
  const { width, height = HEIGHT, signal } = options;
  const axis = options.against === undefined ? axisOf(source, along) : againstOf(options.against, source, along);
  const { indexes, names } = await linesOf(source, across, options.labels);
  const margins = { ...MARGINS, right: names.length > 1 ? legendWidth(names) : MARGINS.right };
  const size = { width: width - margins.left - margins.right, height: height - margins.top - margins.bottom, margins };
  const isUpright = axis.isVertical;
  const isOfLog = isLogScale(source, options);
  const points = await pointsOf({
    source,
    error: options.error === undefined ? undefined : errorOf(options.error, source),
    axis,
    along,
    lines: indexes,
    isLog: isOfLog,
    columns: isUpright ? size.height : size.width,
    signal,
  });
  const places = placesAxis(axis, points);
  const spec = linesSpec({
    title: titleOf(source, options.title),
    lines: points.map((own, line) => ({
      name: names[line] ?? '',
      points: own.map((point) => ({ ...point, place: places.placed(point.place) })),
    })),
    places: places.axis,
    values: valuesAxis(source, points, isOfLog, options.range),
    isUpright,
    hasError: options.error !== undefined,
    size,
  });
  return { spec, width, height };
}

/** Room for a legend, as far as its names need it. */
function legendWidth(names: readonly string[]): number {
  const letters = Math.max(...names.map(({ length }) => length));
  return Math.min(190, Math.max(60, 44 + letters * 7));
}
