import type { HmiClient, HmiQuery } from '../../hmi/index.js';
import type { Context } from '../command/context.js';
import { utcDay } from '../command/dates.js';
import { defined } from '../command/defined.js';
import type { OptionSpec } from '../command/option-spec.js';

/** Works with the HMI service, with what is set. */
export async function withHmi<T>(context: Context, work: (hmi: HmiClient) => Promise<T>): Promise<T> {
  const { settings, client, input } = context;
  const seconds = input.number('politeDelay');
  const { HmiClient: Client } = await import('../../hmi/index.js');
  const hmi = new Client({
    ...client,
    ...defined({
      baseUrl: settings.get('hmi.base_url'),
      politeDelayMs: seconds === undefined ? undefined : seconds * 1000,
      rebaseUrls: input.without('rebaseUrls') ? false : undefined,
      allowedOrigins: input.list('allowedOrigins'),
    }),
  });
  try {
    return await work(hmi);
  } finally {
    await hmi.close();
  }
}

/** Arguments of the commands that list a range. */
export const RANGE_ARGUMENTS = [
  { flags: '<series>', text: 'such as hmi.sharp_720s' },
  { flags: '<start>', text: 'start of the range, ISO 8601 or 2015.12.11_00:00:00_TAI' },
  { flags: '<end>', text: 'end of the range (exclusive)' },
] as const;

/** Options that choose records. */
export const RECORD_OPTIONS: readonly OptionSpec[] = [
  { flags: '--harpnum <numbers>', text: 'only these HARPs', many: true },
  { flags: '--segments <names>', text: 'only these segments, such as magnetogram,bitmap', many: true },
  {
    flags: '--cadence <minutes>',
    text: 'only slots at multiples of this many minutes',
    number: { min: 12, whole: true },
  },
  {
    flags: '--quality <bits>',
    text: 'quality bits to tolerate; 0 keeps only good records',
    number: { min: 0, whole: true },
  },
];

/** Options of a range. */
export const FILTER_OPTIONS: readonly OptionSpec[] = [
  ...RECORD_OPTIONS,
  { flags: '--slice <hours>', text: 'time range per request; default 24', number: { min: 0.01, max: 8784 } },
];

/** The range and conditions that the user gave. */
export function queryOf(context: Context): HmiQuery {
  const { input } = context;
  const hours = input.number('slice');
  return {
    start: momentOf(input.argument('start'), 'start'),
    end: momentOf(input.argument('end'), 'end'),
    ...conditionsOf(context),
    ...defined({ sliceMs: hours === undefined ? undefined : Math.round(hours * 3600) * 1000 }),
  };
}

/** The conditions that the user gave. */
export function conditionsOf({ input }: Context): Partial<Pick<HmiQuery, 'segments' | 'cadenceMinutes' | 'quality'>> & {
  readonly harpnum?: number[];
} {
  return {
    ...defined({
      harpnum: input.list('harpnum')?.map(Number),
      segments: input.list('segments'),
      cadenceMinutes: input.number('cadence'),
      quality: input.number('quality'),
    }),
    ...(input.flag('meta') && { meta: true }),
  };
}

/** A moment, in the words of the service too. */
export function momentOf(text: string, name: string): Date | string {
  return text.endsWith('_TAI') ? text : utcDay(text, name);
}
