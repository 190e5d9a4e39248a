import type { FlightDay, GeoBounds, LineOrder, ScopsMask, ScopsOrder } from '../../scops/index.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import type { OptionSpec } from '../command/option-spec.js';
import { UsageError } from '../command/usage-error.js';

/** Arguments that name a flight day. */
export const FLIGHT_ARGUMENTS = [
  { flags: '<year>', text: 'year of the flight' },
  { flags: '<day>', text: 'day of the year, 1 to 366' },
  { flags: '[sortie]', text: 'letter of the flight, if it has one' },
] as const;

const MASKS = [
  'underflows',
  'overflows',
  'uncorrected-smear',
  'dropped-scans',
  'corrupt-raw-data',
  'quality-control-failures',
  'method-a',
  'method-b',
  'method-c',
  'method-d',
  'method-e',
  'method-f',
] as const satisfies readonly ScopsMask[];
const INTERPOLATIONS = ['nearest', 'bilinear', 'cubic'] as const;
const MODELS = ['aster', 'srtm', 'ftp'] as const;

/** Options that describe an order: every field of the request page. */
export const ORDER_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '--line <line>',
    text: 'line to process, with bands if not all: f21701 or f21701:1-20',
    many: true,
    required: true,
  },
  { flags: '--email <address>', text: 'address that gets the mails', required: true },
  { flags: '--masks <names>', text: 'all (default), none, or names', choices: ['all', 'none', ...MASKS], many: true },
  { flags: '--projection <name>', text: '"UTM zone 30N", UKBNG, or a PROJ text; default: that of the flight' },
  { flags: '--pixel-size <metres>', text: 'one number, or x,y; default: nearest to the optimal one' },
  { flags: '--bounds <box>', text: 'north,south,east,west in degrees; SCOPS stores it but maps whole lines' },
  { flags: '--interpolation <kind>', text: 'default nearest', choices: INTERPOLATIONS },
  { flags: '--dem <model>', text: 'aster (default), srtm, ftp, or a file of your own' },
  { flags: '--dem-header <file>', text: 'ENVI header of that file' },
  { flags: '--band-math', text: 'hold the order for band maths' },
];

/** The flight day that the arguments name. */
export function flightDay({ input }: Context): FlightDay {
  return {
    year: wholeNumber(input.argument('year'), 'year'),
    day: wholeNumber(input.argument('day'), 'day'),
    ...defined({ sortie: input.optionalArgument('sortie') }),
  };
}

/** The order that the options describe; the client checks it before anything is sent. */
export function orderOf(context: Context): ScopsOrder {
  const { input } = context;
  const projection = input.text('projection');
  return {
    flight: flightDay(context),
    lines: (input.list('line') ?? []).map(lineOf),
    email: input.text('email') ?? '',
    bandMath: input.flag('bandMath'),
    ...defined({
      masks: masksOf(input.list('masks')),
      projection: projection?.includes('+proj') === true ? { proj: projection } : projection,
      pixelSize: pixelSizeOf(input.text('pixelSize')),
      bounds: boundsOf(input.text('bounds')),
      interpolation: input.choice('interpolation', INTERPOLATIONS),
      dem: demOf(input.text('dem'), input.text('demHeader')),
    }),
  };
}

function lineOf(text: string): LineOrder {
  const parts = /^([^:]+)(?::(\d+)-(\d+))?$/u.exec(text);
  if (parts === null) throw new UsageError(`--line must be a name, or name:first-last, got ${JSON.stringify(text)}`);
  const [, name = '', first, last] = parts;
  return first === undefined ? { name } : { name, bands: [Number(first), Number(last)] };
}

function masksOf(names: readonly string[] | undefined): ScopsOrder['masks'] {
  if (names === undefined) return undefined;
  if (names.length === 1 && (names[0] === 'all' || names[0] === 'none')) return names[0];
  if (names.includes('all') || names.includes('none'))
    throw new UsageError('--masks all and none cannot be combined with others');
  return MASKS.filter((mask) => names.includes(mask));
}

function pixelSizeOf(text: string | undefined): ScopsOrder['pixelSize'] {
  if (text === undefined) return undefined;
  const [x = NaN, y] = numbers(text, '--pixel-size', 1, 2);
  return y === undefined ? x : [x, y];
}

function boundsOf(text: string | undefined): GeoBounds | undefined {
  if (text === undefined) return undefined;
  const [north = NaN, south = NaN, east = NaN, west = NaN] = numbers(text, '--bounds', 4, 4);
  return { north, south, east, west };
}

function demOf(text: string | undefined, header: string | undefined): ScopsOrder['dem'] {
  const model = MODELS.find((known) => known === text);
  if (header !== undefined && (text === undefined || model !== undefined))
    throw new UsageError('--dem-header needs --dem with a file');
  if (text === undefined || model !== undefined) return model;
  return { file: text, ...defined({ header }) };
}

function numbers(text: string, option: string, least: number, most: number): number[] {
  const found = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (found.length >= least && found.length <= most && found.every(Number.isFinite)) return found;
  throw new UsageError(
    `${option} must be ${most === 4 ? 'four' : 'one or two'} numbers separated by commas, got ${JSON.stringify(text)}`,
  );
}

function wholeNumber(text: string, name: string): number {
  if (/^\d{1,4}$/u.test(text)) return Number(text);
  throw new UsageError(`${name} must be a whole number, got ${JSON.stringify(text)}`);
}
