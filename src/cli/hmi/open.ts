import type { HmiClient, HmiQuery } from '../../hmi/index.js';
import type { Context } from '../command/context.js';
import { utcDay } from '../command/dates.js';
import { defined } from '../command/defined.js';
import type { OptionSpec } from '../command/spec.js';

/** Works with the HMI service, with what is set. */
export async function withHmi<T>({ settings, client }: Context, work: (hmi: HmiClient) => Promise<T>): Promise<T> {
  const { HmiClient: Client } = await import('../../hmi/index.js');
  const hmi = new Client({ ...client, ...defined({ baseUrl: settings.get('hmi.base_url') }) });
  try {
    return await work(hmi);
  } finally {
    await hmi.close();
  }
}

/** Arguments of the commands that list a range. */
export const RANGE_ARGUMENTS = [
  { flags: '<series>', text: 'such as hmi.sharp_720s' },
  { flags: '<start>', text: 'first moment, ISO 8601 or 2015.12.11_00:00:00_TAI' },
  { flags: '<end>', text: 'moment after the last one' },
] as const;

/** Options that choose records. */
export const FILTER_OPTIONS: readonly OptionSpec[] = [
  { flags: '--harpnum <numbers>', text: 'only these HARPs', many: true },
  { flags: '--segments <names>', text: 'only these segments, such as magnetogram,bitmap', many: true },
  {
    flags: '--cadence <minutes>',
    text: 'only slots at multiples of so many minutes',
    number: { min: 12, whole: true },
  },
  {
    flags: '--quality <bits>',
    text: 'tolerated bits of quality: 0 keeps good records only',
    number: { min: 0, whole: true },
  },
];

/** The range and conditions that the user gave. */
export function queryOf({ input }: Context): HmiQuery {
  return {
    start: momentOf(input.argument('start'), 'start'),
    end: momentOf(input.argument('end'), 'end'),
    ...defined({
      harpnum: input.list('harpnum')?.map(Number),
      segments: input.list('segments'),
      cadenceMinutes: input.number('cadence'),
      quality: input.number('quality'),
    }),
  };
}

function momentOf(text: string, name: string): Date | string {
  return text.endsWith('_TAI') ? text : utcDay(text, name);
}
