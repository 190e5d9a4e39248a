import type { Calibration } from './eldec.js';
import type { HistoryRow } from './history.js';

const [WIDTH, HEIGHT, MARGIN] = [800, 500, 60];
const PANEL = (WIDTH - 3 * MARGIN) / 2;
const COLOURS = ['#1f77b4', '#ff7f0e', '#9467bd', '#8c564b'];

const DAY = 86_400_000;

type Range = readonly [low: number, high: number];
type Place = (x: number, y: number) => string;

/** A plot as SVG: the ratio profiles with the gain factor on the left, earlier calibrations on the right. */
export function plotOf(calibration: Calibration, earlier: readonly HistoryRow[], good: boolean): string {
  const { value, error, range, heights, profiles, wavelengthNm, measurementId, start } = calibration;
  const colour = good ? '#2ca02c' : '#d62728';
  const top = range[1] * 1.2;
  const seen = profiles.flatMap((profile) => profile.filter((_, at) => inside(heights[at], [0, top])));
  const values = spanOf([...seen, value - error, value + error, ...earlier.map((one) => one.value)]);
  const left = placer(MARGIN, values, [0, top]);
  const lines = profiles.map((profile, index) => {
    const points = profile.flatMap((one, at) => {
      const height = heights[at];
      return Number.isFinite(one) && height !== undefined && inside(height, [0, top]) ? [left(one, height)] : [];
    });
    return line(points, COLOURS[index % COLOURS.length] ?? '');
  });
  const factor = [value - error, value, value + error].map((one) =>
    line(
      range.map((height) => left(one, height)),
      colour,
    ),
  );
  const days = [start.getTime(), ...earlier.map((one) => Date.parse(one.start))];
  const times = spanOf(days.flatMap((time) => [time - DAY, time + DAY]));
  const right = placer(2 * MARGIN + PANEL, times, values);
  const dots = [
    ...earlier.map((one) => dot(right(Date.parse(one.start), one.value), '#999999')),
    dot(right(start.getTime(), value), colour),
  ];
  const title = `${measurementId} ${wavelengthNm} nm, ${start.toISOString().slice(0, 16).replace('T', ' ')}: ${good ? 'good' : 'refused'}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="white"/>',
    `<text x="${MARGIN}" y="24" font-size="16">${escaped(title)}</text>`,
    frame(MARGIN, 'ratio', values.map(short), 'height above station / m', ['0', short(top)]),
    frame(2 * MARGIN + PANEL, 'day', times.map(day), 'gain factor', values.map(short)),
    ...lines,
    ...factor,
    ...dots,
    '</svg>',
    '',
  ].join('\n');
}

function inside(value: number | undefined, [low, high]: Range): boolean {
  return value !== undefined && value >= low && value <= high;
}

/** The span of some values with a little room. */
function spanOf(values: readonly number[]): Range {
  const known = values.filter((value) => Number.isFinite(value));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = (high - low || Math.abs(high) || 1) * 0.05;
  return [low - room, high + room];
}

function placer(x0: number, [xLow, xHigh]: Range, [yLow, yHigh]: Range): Place {
  const tall = HEIGHT - 2 * MARGIN;
  return (x, y) => {
    const at = x0 + ((x - xLow) / (xHigh - xLow)) * PANEL;
    return `${at.toFixed(1)},${(HEIGHT - MARGIN - ((y - yLow) / (yHigh - yLow)) * tall).toFixed(1)}`;
  };
}

function line(points: readonly string[], colour: string): string {
  return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}"/>`;
}

function dot(place: string, colour: string): string {
  const [x = '0', y = '0'] = place.split(',');
  return `<circle cx="${x}" cy="${y}" r="4" fill="${colour}"/>`;
}

function frame(x: number, xName: string, xs: readonly string[], yName: string, ys: readonly string[]): string {
  const bottom = HEIGHT - MARGIN;
  const text = (at: number, y: number, words: string, anchor: string): string =>
    `<text x="${at}" y="${y}" text-anchor="${anchor}">${escaped(words)}</text>`;
  return [
    `<rect x="${x}" y="${MARGIN}" width="${PANEL}" height="${HEIGHT - 2 * MARGIN}" fill="none" stroke="black"/>`,
    text(x, bottom + 16, xs[0] ?? '', 'start'),
    text(x + PANEL, bottom + 16, xs[1] ?? '', 'end'),
    text(x + PANEL / 2, bottom + 34, xName, 'middle'),
    text(x - 4, bottom, ys[0] ?? '', 'end'),
    text(x - 4, MARGIN + 12, ys[1] ?? '', 'end'),
    text(x, MARGIN - 8, yName, 'start'),
  ].join('\n');
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function day(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
