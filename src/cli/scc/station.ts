import type { StationEvent, StationOptions } from '../../scc/index.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import type { CommandSpec } from '../command/spec.js';
import { shortName, sizeOf } from '../command/transfer.js';
import { waitOptions } from '../command/wait.js';
import { withScc } from './open.js';
import { chosenProducts, EXTRACT_OPTION, PRODUCTS_OPTION } from './product-options.js';
import { SCC_UPLOAD_LIMITS, uploadOptions } from './uploading.js';

/** `sdc scc station`. */
export const station: CommandSpec = {
  name: 'station',
  summary: 'watch a folder: upload new files, follow their processing, download their products',
  details:
    'Files that are still being written are left until they no longer change; rs_*, ov_* and lr_* are sent along with the\n' +
    'measurements that name them. Each measurement is sent only once, even if the command is killed: the datalog records\n' +
    'what has been done, and unfinished steps are looked up at the SCC. Temporary failures are tried again.',
  arguments: [{ flags: '<folder>', text: 'folder with raw measurements (*.nc)' }],
  options: [
    {
      flags: '--once',
      text: 'stop when every file is done or failed, for cron; otherwise it runs until Ctrl-C or SIGTERM',
    },
    { flags: '--system <number>', text: 'configuration for files that do not name one' },
    {
      flags: '--output-dir <folder>',
      text: 'where the products go; default from the settings, else the current folder',
    },
    {
      flags: '--datalog <file>',
      text: 'CSV file that records what was done; default datalog.csv where the products go',
    },
    PRODUCTS_OPTION,
    EXTRACT_OPTION,
    {
      flags: '--replace',
      text: 'delete and resend what the SCC already has, what has changed, and what failed',
      conflicts: ['rerun'],
    },
    { flags: '--rerun', text: 'rerun what the SCC already has, and what failed' },
    { flags: '--no-calibration', text: 'leave out calibration_* files' },
    { flags: '--delay <hours>', text: 'hours to wait before processing', number: { min: 0, max: 96, whole: true } },
    {
      flags: '--poll <seconds>',
      text: 'pause between two checks of the folder and of a measurement; default 60',
      number: { min: 0.01, max: 86_400 },
    },
    {
      flags: '--stable <seconds>',
      text: 'how long a file must be unchanged before it is sent; default 5',
      number: { min: 0, max: 86_400 },
    },
    {
      flags: '--deadline <minutes>',
      text: 'longest time to follow one measurement before it counts as failed for now; default a day plus --delay',
      number: { min: 0.001, max: 100_000 },
    },
    {
      flags: '--concurrency <count>',
      text: 'how many files at a time; default 4',
      number: { min: 1, max: 64, whole: true },
    },
    ...SCC_UPLOAD_LIMITS,
  ],
  words: { directory: '--output-dir' },
  examples: [
    ['sdc scc station raw --system 437 --output-dir products', 'run until stopped'],
    ['sdc scc station raw --output-dir products --once --no-calibration', 'once, from cron'],
    ['sdc scc station raw --output-dir products --once --rerun', 'process again what failed'],
  ],
  run: async (context) => {
    const { input } = context;
    const last = new Map<string, StationEvent>();
    context.closing.begin('uploads');
    await withScc(context, async (scc) => {
      for await (const event of scc.station(input.argument('folder'), optionsOf(context))) {
        last.set(event.file, event);
        await tell(context, event);
      }
    });
    for (const { file, state, error } of last.values()) {
      if (state === 'failed') context.outcome.failed(shortName(file), error);
      else context.outcome.done();
    }
    if (context.format !== 'table') await context.rows(COLUMNS, [...last.values()]);
  },
};

function optionsOf(context: Context): StationOptions {
  const { input, settings } = context;
  const { force: _force, ...upload } = uploadOptions(context);
  const stable = input.number('stable');
  return {
    ...upload,
    ...waitOptions(context),
    directory: settings.get('scc.output_dir') ?? '.',
    once: input.flag('once'),
    extract: input.flag('extract'),
    replace: input.flag('replace'),
    rerun: input.flag('rerun'),
    skipCalibration: input.without('calibration'),
    ...defined({
      systemId: input.text('system'),
      products: chosenProducts(context),
      datalog: input.text('datalog'),
      delayHours: input.number('delay'),
      concurrency: input.number('concurrency'),
      stableMs: stable === undefined ? undefined : stable * 1000,
    }),
  };
}

/** Each failure is reported when it happens, since a station may run for months before it ends with a summary. */
async function tell(context: Context, { file, measurementId, state, error }: StationEvent): Promise<void> {
  if (state === 'uploaded') context.closing.uploaded(await sizeOf(file));
  const name = measurementId === undefined ? shortName(file) : `${measurementId} (${shortName(file)})`;
  if (error === undefined) context.line(`${state.padEnd(10)}  ${name}`);
  else if (!context.input.flag('once')) context.warn(`${name}: ${error.message}`);
}

const COLUMNS = [
  { name: 'file', value: ({ file }: StationEvent) => file },
  { name: 'measurementId', value: ({ measurementId }: StationEvent) => measurementId },
  { name: 'state', value: ({ state }: StationEvent) => state },
  { name: 'error', value: ({ error }: StationEvent) => error?.message },
];
