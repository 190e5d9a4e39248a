import type { ScopsConfig } from '../../config/types.js';
import { isProjectCode } from '../../names/ids.js';
import { lineOrdersOf } from '../../order/lines.js';
import { requireEmail } from '../../order/text.js';
import { readBoolean } from '../../config/parse.js';
import { ELEVATION_MODELS, ALL_MASKS, INTERPOLATIONS } from '../../centre.js';
import { demUploadOf, requireOverlap } from '../../order/dem.js';
import type { GeoBounds } from '../../types.js';
import { pixelSizeOf } from '../../order/pixel-size.js';
import { projectionOf } from '../../order/projection.js';
import { Arguments } from '../../../core/operation/arguments.js';

/** What submission reads besides (protocol notes 13.2, last paragraph). */
const NEEDED = [
  'project_code',
  'julianday',
  'year',
  'sortie',
  'projection',
  'dem',
  'email',
  'status_email_sent',
  'sourcefolder',
  'masking',
  'pixelsize',
  'interpolation',
] as const;
const LINE_NEEDED = ['process', 'band_range'] as const;
const MAY_BE_EMPTY = new Set<string>(['sortie']);

/** Which key submission could not do with; `undefined` where all are good. */
export async function keysProblem({ defaults, lines }: ScopsConfig): Promise<string | undefined> {
  const missing = NEEDED.find((key) => defaults[key] === undefined || (defaults[key] === '' && !MAY_BE_EMPTY.has(key)));
  if (missing !== undefined) return `${missing} is missing`;
  if (!isProjectCode(defaults.project_code ?? '')) return 'project_code must be letters, digits and single underscores';
  if (!/^\d{4}$/u.test(defaults.year ?? '')) return 'year must be four digits';
  const day = Number(/^\d{1,3}$/u.exec(defaults.julianday ?? '')?.[0]);
  if (!(day >= 1 && day <= 366)) return 'julianday must be a day of the year';
  if (!/^(?:None|[A-Za-z]?)$/u.test(defaults.sortie ?? '')) return 'sortie must be one letter or None';
  if (readBoolean(defaults.status_email_sent) === undefined) return 'status_email_sent must be True or False';
  const ranges: { name: string; bands: [number, number] }[] = [];
  for (const [line, values] of Object.entries(lines)) {
    const absent = LINE_NEEDED.find((key) => (values[key] ?? defaults[key]) === undefined);
    if (absent !== undefined) return `line ${line} lacks ${absent}`;
    const [, first, last] = /^(\d+)-(\d+)$/u.exec(values.band_range ?? defaults.band_range ?? '') ?? [];
    if (first === undefined || last === undefined) return `band_range of line ${line} must be first-last`;
    ranges.push({ name: line, bands: [Number(first), Number(last)] });
  }
  return complaintOf((args) => {
    lineOrdersOf(args, ranges);
    requireEmail(args, defaults.email);
  });
}

const WORDS = { file: 'dem_name', header: 'the header of dem_name', way: '' } as const;

/** Why the scheduler would stop at the elevation model of a config, or find it in another place. */
export async function demProblem({ defaults, lines }: ScopsConfig): Promise<string | undefined> {
  const named = [defaults, ...Object.values(lines)].flatMap(({ dem_name: name = '' }) => (name === '' ? [] : [name]));
  for (const file of new Set(named)) {
    if (!file.startsWith('/')) return `dem_name must be an absolute path, got ${file}`;
    const complaint = await complaintOf(async (args) => {
      const dem = await demUploadOf(args, { file }, WORDS);
      const flight = boundsIn(defaults.bounds);
      if (flight !== undefined && defaults.force_dem === undefined) requireOverlap(args, dem, flight);
    });
    if (complaint !== undefined) return complaint;
  }
  if ((defaults.dem_name ?? '') !== '') return undefined;
  if (readBoolean(defaults.ftp_dem) === true)
    return readBoolean(defaults.ftp_dem_confirmed) === true
      ? 'ftp_dem_confirmed is True, but dem_name names no file'
      : undefined;
  return ELEVATION_MODELS.some((model) => model === defaults.dem)
    ? undefined
    : 'dem must be aster or srtm, or dem_name a file';
}

/** `bounds = north east south west`. */
function boundsIn(text = ''): GeoBounds | undefined {
  const [north = NaN, east = NaN, south = NaN, west = NaN, ...more] = text.split(' ').map(Number);
  const usable = [north, east, south, west].every(Number.isFinite) && more.length === 0;
  return usable ? { north, east, south, west } : undefined;
}

/** Why the worker would not make a line with these values, whatever is on disk; `undefined` where it would. */
export async function valuesProblem(values: Readonly<Record<string, string>>): Promise<string | undefined> {
  const { process = '', masking = '', pixelsize = '', interpolation = '' } = values;
  if (process !== 'true' && process !== 'false') return 'process must be true or false, in lower case';
  if (masking !== 'none' && Array.from(masking).some((letter) => !ALL_MASKS.includes(letter)))
    return `masking must be none or letters of ${ALL_MASKS}`;
  if (!/^\d*\.?\d+ \d*\.?\d+$/u.test(pixelsize)) return 'pixelsize must be two numbers, such as 2.0 2.0';
  if (!INTERPOLATIONS.some((one) => one === interpolation)) return `interpolation must be ${INTERPOLATIONS.join(', ')}`;
  return complaintOf((args) => {
    const projection = projectionOf(args, projectionIn(values));
    const [x = NaN, y = NaN] = pixelsize.split(' ').map(Number);
    pixelSizeOf(args, [x, y], projection);
  });
}

function projectionIn({ projection = '', projstring = '' }: ScopsConfig['defaults']): string | { proj: string } {
  return projection === 'proj_string' ? { proj: projstring } : projection;
}

/** What a check of orders says of a value in a config; `undefined` where the value passes. */
export async function complaintOf(check: (args: Arguments) => unknown): Promise<string | undefined> {
  const args = new Arguments('config');
  try {
    await check(args);
    return undefined;
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    return error.message.replace(args.label(''), '');
  }
}
