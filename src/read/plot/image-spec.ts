import type { Spec } from 'vega';
import { COLOURS } from './colours.js';
import { estimated, frameOf, numberFormat, type DrawnAxis, type Margins } from './frame.js';
import type { PlotColours } from './types.js';

/** An image with its axes. */
export interface DrawnImage {
  readonly title: string;
  /** The pixels as a PNG file. */
  readonly png: Uint8Array;
  readonly x: DrawnAxis;
  readonly y: DrawnAxis;
  readonly colours: PlotColours;
  /** What the colours mean. */
  readonly label: string;
  readonly range: readonly [low: number, high: number];
  readonly isLog: boolean;
  readonly size: { readonly width: number; readonly height: number; readonly margins: Margins };
}

/** An image with a scale of its colours, as a specification of Vega. */
export function imageSpec({ title, png, x, y, colours, label, range, isLog, size }: DrawnImage): Spec {
  const { width, height } = size;
  const frame = frameOf(title, size, { x, y });
  const anchors = COLOURS[colours];
  return {
    ...frame,
    axes: frame.axes?.map((axis) => ({ ...axis, grid: false })) ?? [],
    scales: [
      ...(frame.scales ?? []),
      {
        name: 'colour',
        type: isLog ? 'log' : 'linear',
        domain: anchors.map((_, at) => between(range, at / (anchors.length - 1), isLog)),
        range: [...anchors],
        zero: false,
      },
    ],
    marks: [
      {
        type: 'image',
        encode: {
          enter: {
            url: { value: `data:image/png;base64,${Buffer.from(png).toString('base64')}` },
            x: { value: 0 },
            y: { value: 0 },
            width: { value: width },
            height: { value: height },
            aspect: { value: false },
          },
        },
      },
    ],
    legends: [
      {
        fill: 'colour',
        type: 'gradient',
        orient: 'right',
        title: label,
        titleLimit: estimated(74),
        titleFontWeight: 'normal',
        gradientLength: Math.max(60, Math.min(height - 20, 300)),
        gradientThickness: 14,
        format: numberFormat(range),
        tickCount: 5,
      },
    ],
  };
}

const between = ([low, high]: readonly [number, number], share: number, isLog: boolean): number =>
  isLog ? low * (high / low) ** share : low + (high - low) * share;
