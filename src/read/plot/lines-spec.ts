import type { Data, Mark, Spec } from 'vega';
import { estimated, frameOf, type DrawnAxis, type Margins } from './frame.js';
import type { Point } from './thin.js';

/** A line as it is drawn. */
export interface DrawnLine {
  readonly name: string;
  readonly points: readonly Point[];
}

/** Lines with their axes. */
export interface DrawnLines {
  readonly title: string;
  readonly lines: readonly DrawnLine[];
  /** What the places of the points mean. */
  readonly places: DrawnAxis;
  readonly values: DrawnAxis;
  /** Whether places are upright, and values from left to right. */
  readonly isUpright: boolean;
  readonly hasError: boolean;
  readonly size: { readonly width: number; readonly height: number; readonly margins: Margins };
}

/** The colours of lines: Tableau 10. */
const COLOURS = [
  '#4c78a8',
  '#f58518',
  '#54a24b',
  '#e45756',
  '#72b7b2',
  '#b279a2',
  '#eeca3b',
  '#ff9da6',
  '#9d755d',
  '#7f7f7f',
];

/** Lines as a specification of Vega. */
export function linesSpec({ title, lines, places, values, isUpright, hasError, size }: DrawnLines): Spec {
  const names = lines.map(({ name }) => name);
  const frame = frameOf(title, size, isUpright ? { x: values, y: places } : { x: places, y: values });
  const [place, value] = isUpright ? (['y', 'x'] as const) : (['x', 'y'] as const);
  const at = (field: 'value' | 'low' | 'high'): object => ({
    [place]: { scale: place, field: 'place' },
    [value]: { scale: value, field },
  });
  const colour = { scale: 'colour', field: 'line' };
  const common = { defined: { field: 'isThere' } };
  const band: Mark = {
    type: 'area',
    from: { data: 'one' },
    encode: {
      enter: {
        ...at('low'),
        ...common,
        [`${value}2`]: { scale: value, field: 'high' },
        orient: { value: isUpright ? 'horizontal' : 'vertical' },
        fill: colour,
        fillOpacity: { value: 0.25 },
      },
    },
  };
  const line: Mark = {
    type: 'line',
    clip: true,
    from: { data: 'one' },
    encode: { enter: { ...at('value'), ...common, stroke: colour, strokeWidth: { value: 1.25 } } },
  };
  const alone: Mark = {
    type: 'symbol',
    clip: true,
    from: { data: 'alone' },
    encode: { enter: { ...at('value'), fill: colour, size: { value: 9 } } },
  };
  const each: Mark = {
    type: 'group',
    from: { facet: { name: 'one', data: 'points', groupby: 'line' } },
    encode: { enter: { width: { value: size.width }, height: { value: size.height } } },
    marks: hasError ? [{ ...band, clip: true }, line] : [line],
  };
  return {
    ...frame,
    data: dataOf(lines),
    scales: [...(frame.scales ?? []), { name: 'colour', type: 'ordinal', domain: names, range: COLOURS }],
    marks: [each, alone],
    ...(names.length > 1 && {
      legends: [
        {
          stroke: 'colour',
          symbolType: 'stroke',
          symbolStrokeWidth: 2,
          labelLimit: estimated(size.margins.right - 40),
          orient: 'right',
        },
      ],
    }),
  };
}

/** Points for lines, and those that have a gap on both sides, which no line leads to. */
function dataOf(lines: readonly DrawnLine[]): Data[] {
  const [points, alone]: object[][] = [[], []];
  for (const { name, points: own } of lines)
    for (const [index, { place, value, low, high }] of own.entries()) {
      const isThere = !Number.isNaN(value);
      const isGap = (other: Point | undefined): boolean => other === undefined || Number.isNaN(other.value);
      const point = isThere ? { place, value, low, high } : { place: 0, value: 0, low: 0, high: 0 };
      points?.push({ line: name, isThere, ...point });
      if (isThere && isGap(own[index - 1]) && isGap(own[index + 1])) alone?.push({ line: name, ...point });
    }
  return [
    { name: 'points', values: points ?? [] },
    { name: 'alone', values: alone ?? [] },
  ];
}
