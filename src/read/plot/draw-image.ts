import { axisOf, descriptionOf, type Axis } from './axis.js';
import { cellsOf, type Cells } from './cells.js';
import { paletteOf } from './colours.js';
import type { Drawing } from './draw-lines.js';
import type { Form } from './form.js';
import type { DrawnAxis } from './frame.js';
import { imageSpec } from './image-spec.js';
import { timesAxis, widened } from './line-axes.js';
import type { Checked } from './options.js';
import { palettePng } from './palette-png.js';
import { rasterOf, type Raster } from './raster.js';
import { isLogScale } from './scale.js';
import type { Source } from './source.js';
import { labelOf, titleOf } from './text.js';

const HEIGHT = 480;
const MARGINS = { left: 76, right: 110, top: 36, bottom: 44 };
/** Colours besides the one for no value. */
const STEPS = 255;
/** An image is never drawn narrower than this. */
const LEAST = 40;

/** A part as an image. */
export async function drawImage(source: Source, form: Form & { kind: 'image' }, options: Checked): Promise<Drawing> {
  const { horizontal, vertical, isTopDown } = form;
  const { signal, colours, height: wanted = HEIGHT } = options;
  const [across, upward] = [axisOf(source, horizontal), axisOf(source, vertical)];
  const [columns, rows] = [source.shape[horizontal] ?? 1, source.shape[vertical] ?? 1];
  const room = {
    width: options.width - MARGINS.left - MARGINS.right,
    height: wanted - MARGINS.top - MARGINS.bottom,
  };
  const { width, height } = form.isSquare ? fitted(columns, rows, room) : room;
  const [x, y] = [await cellsOf(across, columns, width), await cellsOf(upward, rows, height)];
  const raster = await rasterOf({
    source,
    horizontal,
    vertical,
    across: x,
    upward: y,
    isTopDown,
    width,
    height,
    signal,
  });
  const isOfLog = isLogScale(source, options);
  const range = rangeOf(raster, isOfLog, options);
  const spec = imageSpec({
    title: titleOf(source, options.title),
    png: palettePng(coloured(raster, range, isOfLog), width, height, transparentFirst(paletteOf(colours, STEPS))),
    x: drawnAxis(across, x, false),
    y: drawnAxis(upward, y, isTopDown),
    colours,
    label: labelOf(source.units ?? descriptionOf(source.name, source.attributes), undefined),
    range,
    isLog: isOfLog,
    size: { width, height, margins: MARGINS },
  });
  return { spec, width: width + MARGINS.left + MARGINS.right, height: height + MARGINS.top + MARGINS.bottom };
}

function fitted(
  columns: number,
  rows: number,
  room: { width: number; height: number },
): { width: number; height: number } {
  const scale = Math.min(room.width / columns, room.height / rows);
  const side = (count: number, most: number): number => Math.min(most, Math.max(LEAST, Math.round(count * scale)));
  return { width: side(columns, room.width), height: side(rows, room.height) };
}

function drawnAxis(axis: Axis, { domain, isLog: isOfLog, isPlaced }: Cells, isTopDown: boolean): DrawnAxis {
  if (!isPlaced) return { label: labelOf('index', undefined), domain, type: 'linear', isRounded: false, isTopDown };
  if (axis.isTime) return timesAxis(axis.label, domain).axis;
  return { label: axis.label, domain, type: isOfLog ? 'log' : 'linear', isRounded: false, isTopDown };
}

function rangeOf({ values }: Raster, isOfLog: boolean, { range, colours }: Checked): readonly [number, number] {
  if (range !== undefined) return range;
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (Number.isNaN(value) || (isOfLog && value <= 0)) continue;
    [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  if (low > high) return isOfLog ? [1, 10] : [0, 1];
  const largest = Math.max(Math.abs(low), Math.abs(high));
  return widened(colours === 'blue-red' && !isOfLog ? [-largest, largest] : [low, high], isOfLog);
}

/** The number of the colour of each pixel: 0 for no value, 1 for the lowest. */
function coloured({ values }: Raster, [low, high]: readonly [number, number], isOfLog: boolean): Uint8Array {
  const place = (value: number): number =>
    isOfLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Uint8Array.from(values, (value) => {
    if (Number.isNaN(value) || (isOfLog && value <= 0)) return 0;
    return 1 + Math.round(Math.min(1, Math.max(0, place(value))) * (STEPS - 1));
  });
}

function transparentFirst(palette: Uint8Array): Uint8Array {
  const whole = new Uint8Array(palette.length + 3).fill(255, 0, 3);
  whole.set(palette, 3);
  return whole;
}
