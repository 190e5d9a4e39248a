import type { HmiClient, HmiRecord } from '../../hmi/index.js';
import { DOWNLOAD_OPTIONS } from '../command/common-options.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import type { OptionSpec } from '../command/option-spec.js';
import type { CommandSpec } from '../command/spec.js';
import { takeFiles } from './download.js';
import { RECORD_COLUMNS } from './list.js';
import { conditionsOf, momentOf, RECORD_OPTIONS, withHmi } from './open.js';

const HOUR = 3_600_000;
const SERIES = { flags: '<series>', text: 'such as hmi.sharp_720s' } as const;
const TO: OptionSpec = { flags: '--to <folder>', text: 'download their files into this folder' };
const reach = (text: string): OptionSpec => ({
  flags: '--within <hours>',
  text,
  number: { min: 0.2, max: 100_000 },
});

/** `sdc hmi latest`. */
export const latest: CommandSpec = {
  name: 'latest',
  summary: 'show or download the records of the latest slot that has any',
  arguments: [SERIES],
  options: [
    { flags: '--before <time>', text: 'latest slot before this time; default now' },
    reach('how far to look back; default 720'),
    ...RECORD_OPTIONS,
    TO,
    ...DOWNLOAD_OPTIONS,
  ],
  examples: [['sdc hmi latest hmi.sharp_720s_nrt --segments magnetogram --to now', 'the newest magnetograms']],
  run: (context) => {
    const before = context.input.text('before');
    const options = defined({ before: before === undefined ? undefined : momentOf(before, '--before') });
    return showOrTake(context, (hmi, series, common) => hmi.latest(series, { ...common, ...options }));
  },
};

/** `sdc hmi nearest`. */
export const nearest: CommandSpec = {
  name: 'nearest',
  summary: 'show or download the records of the slot nearest to a given time',
  arguments: [SERIES, { flags: '<time>', text: 'ISO 8601 or 2015.12.11_00:00:00_TAI' }],
  options: [reach('how far to look in both directions; default 6'), ...RECORD_OPTIONS, TO, ...DOWNLOAD_OPTIONS],
  examples: [['sdc hmi nearest hmi.sharp_720s 2015-12-11T12:34', 'the records nearest to that time']],
  run: (context) => {
    const when = momentOf(context.input.argument('time'), 'time');
    return showOrTake(context, (hmi, series, common) => hmi.nearest(series, when, common));
  },
};

type Common = ReturnType<typeof conditionsOf> & { readonly signal: AbortSignal; readonly withinMs?: number };

async function showOrTake(
  context: Context,
  find: (hmi: HmiClient, series: string, common: Common) => Promise<HmiRecord[]>,
): Promise<void> {
  const { input, signal } = context;
  const hours = input.number('within');
  const common = {
    ...conditionsOf(context),
    ...defined({ withinMs: hours === undefined ? undefined : hours * HOUR }),
    signal,
  };
  await withHmi(context, async (hmi) => {
    const found = await find(hmi, input.argument('series'), common);
    if (found.length === 0) context.note('no records found');
    const folder = input.text('to');
    if (folder === undefined) await context.rows(RECORD_COLUMNS, found);
    else await takeFiles(context, hmi, found, folder);
  });
}
