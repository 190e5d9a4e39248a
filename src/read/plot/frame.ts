import type { Axis as VegaAxis, Scale, Spec } from 'vega';

/** Pixels around the area of a plot. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** An axis of a plot as it is drawn. */
export interface DrawnAxis {
  readonly label: string;
  readonly domain: readonly [low: number, high: number];
  readonly type: 'linear' | 'log' | 'utc';
  /** Whether the domain is widened to round numbers. */
  readonly isRounded: boolean;
  /** From the top downwards. */
  readonly isTopDown?: boolean;
}

/** What every plot has: title, two axes, and room around them, so that all sizes are known beforehand. */
export function frameOf(
  title: string,
  size: { readonly width: number; readonly height: number; readonly margins: Margins },
  axes: { readonly x: DrawnAxis; readonly y: DrawnAxis },
): Spec {
  const { width, height, margins } = size;
  return {
    $schema: 'https://vega.github.io/schema/vega/v6.json',
    description: title,
    background: 'white',
    width,
    height,
    padding: { ...margins },
    autosize: 'none',
    title: {
      text: title,
      limit: estimated(width + margins.left + margins.right),
      fontSize: 13,
      offset: 12,
    },
    config: {
      title: { anchor: 'start' },
      axis: { titleFontWeight: 'normal', titleFontSize: 12, labelFontSize: 11, labelFlush: false },
    },
    scales: [scaleOf('x', 'width', axes.x), scaleOf('y', 'height', axes.y)],
    axes: [vegaAxis('x', 'bottom', axes.x, width), vegaAxis('y', 'left', axes.y, height)],
  };
}

function scaleOf(name: string, range: 'width' | 'height', { domain, type, isRounded, isTopDown }: DrawnAxis): Scale {
  const shared = { name, range, domain: [...domain], nice: isRounded };
  if (type === 'utc') return { ...shared, type };
  return { ...shared, type, zero: false, reverse: isTopDown ?? false };
}

function vegaAxis(
  scale: string,
  orient: 'bottom' | 'left',
  { label, type, domain }: DrawnAxis,
  length: number,
): VegaAxis {
  const isBottom = orient === 'bottom';
  return {
    scale,
    orient,
    title: label,
    titleLimit: estimated(length + (isBottom ? 60 : 40)),
    grid: true,
    gridColor: '#e4e4e4',
    zindex: 0,
    tickCount: Math.max(2, Math.floor(length / (isBottom ? 90 : 50))),
    labelOverlap: true,
    format: type === 'utc' ? timeFormat(domain) : numberFormat(domain),
    ...(isBottom ? {} : { titleX: -58, titleAnchor: 'middle' }),
  };
}

/** Without a canvas Vega takes letters for wider than they are: what it must be told for so many pixels of text. */
export const estimated = (pixels: number): number => Math.round(pixels * 1.4);

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** As much of a time as tells neighbours apart. */
function timeFormat([first, last]: readonly [number, number]): string {
  const span = last - first;
  if (span < 10 * MINUTE) return '%H:%M:%S';
  if (span < 2 * DAY) return '%H:%M';
  if (span < 10 * DAY) return '%m-%d %H:%M';
  return span < 800 * DAY ? '%Y-%m-%d' : '%Y-%m';
}

/** Few digits: with an exponent where numbers are very large or very small. */
export function numberFormat([low, high]: readonly [number, number]): string {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  return largest !== 0 && (largest < 1e-3 || largest >= 1e7) ? '.4~e' : '.9~g';
}
