import { ephemerisSeconds } from '../archive/coverage.js';
import { textResponse } from '../../kit/html.js';
import { serverDay } from '../names/days.js';
import { json } from './answers.js';
import type { ApiCall } from './call.js';
import { kernels, newestOfRoots, type Kernel } from './kernels.js';

type Interval = readonly [begin: number, end: number];

/** `GET /metakernel` (section 9.3). The texts of its errors and the shape of the gaps are not known. */
export function metakernel(call: ApiCall): Response {
  const { parameters = new Map<string, string>(), archive } = call;
  const from = ephemeris(parameters.get('start_time'));
  const to = ephemeris(parameters.get('end_time'));
  if (from === undefined || to === undefined) return json('start_time and end_time are required.', 400);
  const types = parameters.get('file_types')?.toUpperCase().split(',');
  const chosen = newestOfRoots(kernels(archive.rows())).filter(
    ({ file, coverage }) =>
      file.type !== 'metakernel' &&
      (types === undefined || types.includes(file.type.toUpperCase())) &&
      coverage.endEt >= from &&
      coverage.beginEt <= to,
  );
  if (chosen.length === 0) return json('No kernels found for the given parameters.', 404);
  if (parameters.get('require_coverage')?.toLowerCase() === 'true') {
    const gaps = gapsByType(chosen, from, to);
    if (Object.keys(gaps).length > 0) return json(gaps, 422);
  }
  const names = chosen.map(({ file }) => `${file.directory}/${file.name}`);
  if (parameters.get('list_files')?.toLowerCase() === 'true') return json(names);
  return textResponse(kernelText(names, parameters.get('spice_path') ?? ''), 'text/plain', 200);
}

/** TDB seconds, or a day as `YYYYMMDD`. */
function ephemeris(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const day = /^\d{8}$/.test(text) ? serverDay(text) : undefined;
  if (day !== undefined) return ephemerisSeconds(day);
  const seconds = Number(text);
  return Number.isNaN(seconds) ? undefined : seconds;
}

/** What the chosen kernels of each type leave uncovered. */
function gapsByType(chosen: readonly Kernel[], from: number, to: number): Record<string, Interval[]> {
  const gaps: Record<string, Interval[]> = {};
  for (const type of new Set(chosen.map(({ file }) => file.type))) {
    const spans = chosen
      .filter(({ file }) => file.type === type)
      .map(({ coverage }): Interval => [coverage.beginEt, coverage.endEt]);
    const left = uncovered(spans, from, to);
    if (left.length > 0) gaps[type] = left;
  }
  return gaps;
}

function uncovered(spans: readonly Interval[], from: number, to: number): Interval[] {
  const gaps: Interval[] = [];
  let at = from;
  for (const [begin, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (begin > at) gaps.push([at, begin]);
    at = Math.max(at, end);
  }
  return at < to ? [...gaps, [at, to]] : gaps;
}

function kernelText(names: readonly string[], path: string): string {
  const folder = path === '' || path.endsWith('/') ? path : `${path}/`;
  const list = names.map((name) => `                    '${folder}${name}'`).join(',\n');
  return `KPL/MK\n\n\\begindata\n\nKERNELS_TO_LOAD = (\n${list}\n                  )\n\n\\begintext\n`;
}
