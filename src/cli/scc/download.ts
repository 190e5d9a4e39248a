import { sleep } from '../../core/util/time.js';
import { hasEnded } from '../../scc/for-command.js';
import type { Measurement, SCC } from '../../scc/index.js';
import { UsageError } from '../command/usage-error.js';
import type { Context } from '../command/context.js';
import type { OptionSpec } from '../command/option-spec.js';
import type { CommandSpec } from '../command/spec.js';
import { filesFrom, namesFromFile } from '../command/files-from.js';
import { NotYet } from '../command/not-yet.js';
import { Transfers } from '../command/transfer.js';
import { markDownloaded, pendingIds, readList, writeList, type MeasurementList } from './lists.js';
import { withScc } from './open.js';
import { chosenProducts, PRODUCT_OPTIONS, takeProducts } from './product-options.js';
import { failureOf, stateOf, waitUntilEnded, SCC_WAIT_OPTIONS } from './waiting.js';

interface Job {
  readonly ids: readonly string[];
  readonly directory: string;
  readonly list?: { readonly path: string; content: MeasurementList };
  readonly wait: boolean;
  /** A list of ids may have none. */
  readonly mayBeEmpty?: boolean;
}

const ERRORS: OptionSpec = {
  flags: '--ignore-errors',
  text: 'failed modules do not count as a failure: take what is there',
};

/** `sdc scc download`. */
export const download: CommandSpec = {
  name: 'download',
  summary: 'wait for measurements and download their products',
  details:
    'Takes whatever is finished, even if a module failed; the exit code then says so, unless --ignore-errors is given.',
  arguments: [{ flags: '[ids...]', text: 'ids of measurements' }],
  options: [
    { flags: '--id <id>', text: 'the same as an argument; may be repeated', many: true },
    filesFrom('ids'),
    { flags: '--list <file>', text: 'CSV file with a column "id"; Products_Downloaded is kept up to date' },
    {
      flags: '--output-dir <folder>',
      text: 'where the products go; default from the settings, else the current folder',
    },
    { flags: '--no-wait', text: 'do not wait; the exit code is 75 while something is still processing' },
    ERRORS,
    {
      flags: '--max-retries <count>',
      text: 'how often to check again for an id that the SCC does not know yet, 3 s apart (--poll); also the default of --retries',
      number: { min: 0, max: 100, whole: true },
    },
    ...PRODUCT_OPTIONS,
    ...SCC_WAIT_OPTIONS,
  ],
  examples: [
    ['sdc scc download 20210601aky0930 --output-dir products', 'wait, then fetch everything'],
    ['sdc scc download --list uploaded.csv --no-wait --products elpp,optical', 'finished products of a list'],
  ],
  run: async (context) => {
    const { input, settings } = context;
    const list = await listOf(input.text('list'));
    const listed = await namesFromFile(context);
    await run(context, {
      ids: [...input.argumentList('ids'), ...(input.list('id') ?? []), ...(listed ?? [])],
      mayBeEmpty: listed !== undefined,
      directory: settings.get('scc.output_dir') ?? '.',
      wait: !input.without('wait'),
      ...(list !== undefined && { list }),
    });
  },
};

/** `sdc scc scc-download`, with the arguments of PollyXT-SCC-Pipelines. */
export const sccDownload: CommandSpec = {
  name: 'scc-download',
  summary: 'download finished products, with the arguments of PollyXT-SCC-Pipelines',
  arguments: [
    { flags: '<output-directory>', text: 'where the products go' },
    { flags: '[list]', text: 'CSV file with a column "id"; Products_Downloaded is kept up to date' },
  ],
  options: [
    { flags: '--id <id>', text: 'id of a measurement; may be repeated', many: true },
    ERRORS,
    ...PRODUCT_OPTIONS,
  ],
  examples: [['sdc scc scc-download products uploaded.csv', 'finished products of a list']],
  run: async (context) => {
    const { input } = context;
    const list = await listOf(input.optionalArgument('list'));
    const directory = input.argument('output-directory');
    await run(context, { ids: input.list('id') ?? [], directory, wait: false, ...(list !== undefined && { list }) });
  },
};

async function listOf(path: string | undefined): Promise<Job['list']> {
  return path === undefined ? undefined : { path, content: await readList(path) };
}

async function run(
  context: Context,
  { ids, directory, list, wait, mayBeEmpty = list !== undefined }: Job,
): Promise<void> {
  const listed = list === undefined ? [] : pendingIds(list.content);
  const wanted = new Set([...ids, ...listed]);
  if (wanted.size === 0 && !mayBeEmpty) throw new UsageError('give measurements: ids, --id, --list or --files-from');
  chosenProducts(context); // a wrong name is refused before anything is asked
  const transfers = new Transfers(context);
  await withScc(context, async (scc) => {
    for (const id of wanted) {
      const found = await transfers.prepare(id, async () => {
        // Asked for first: waiting would give an unknown id minutes to appear, as after an upload.
        const known = await knownMeasurement(context, scc, id);
        return wait ? waitUntilEnded(context, scc, id) : known;
      });
      if (found === undefined) continue;
      const measurement = found.value;
      if (!wait && !hasEnded(measurement)) {
        transfers.failed(id, new NotYet(`not waited for: ${stateOf(measurement)}`));
        continue;
      }
      const failure = context.input.flag('ignoreErrors') ? undefined : failureOf(measurement);
      const complete = await context.progress('downloading', (view) =>
        takeProducts(context, scc, { measurement, directory }, transfers, view),
      );
      if (failure !== undefined) transfers.failed(id, failure);
      else if (complete && list !== undefined) await mark(list, id);
    }
  });
  await transfers.print();
}

/** A measurement that may still have to appear: looked for as often as `--max-retries` says, as the Python tool does. */
async function knownMeasurement({ input, signal, note }: Context, scc: SCC, id: string): Promise<Measurement> {
  const pauseMs = (input.number('poll') ?? 3) * 1000;
  for (let left = input.number('maxRetries') ?? 0; left > 0; left -= 1) {
    const found = await scc.findMeasurement(id, { signal });
    if (found !== undefined) return found;
    note(`${id} is not known yet; checking again, at most ${left} times`);
    await sleep(pauseMs, signal);
  }
  return scc.getMeasurement(id, { signal });
}

async function mark(list: NonNullable<Job['list']>, id: string): Promise<void> {
  list.content = markDownloaded(list.content, id);
  await writeList(list.path, list.content);
}
