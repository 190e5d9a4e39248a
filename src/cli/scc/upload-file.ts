import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import type { OptionSpec } from '../command/option-spec.js';
import type { CommandSpec } from '../command/spec.js';
import { sizeOf, Transfers } from '../command/transfer.js';
import { withScc } from './open.js';
import { SCC_DOWNLOAD_OPTIONS, takeProducts } from './product-options.js';
import { SCC_UPLOAD_LIMITS, tellAncillaries, uploadOptions } from './uploading.js';
import { failureOf, waitUntilEnded, SCC_WAIT_OPTIONS } from './waiting.js';

const OPTIONS: readonly OptionSpec[] = [
  { flags: '--radiosounding <file>', text: 'radiosonde file; sent if the SCC does not have it yet' },
  { flags: '--overlap <file>', text: 'overlap file; sent if the SCC does not have it yet' },
  { flags: '--lidarratio <file>', text: 'lidar ratio file; sent if the SCC does not have it yet' },
  {
    flags: '--delay <hours>',
    text: 'hours to wait before processing, 0 to 96; above 0, -p does not wait',
    number: { min: 0, max: 96, whole: true },
  },
  { flags: '--force-upload', text: 'first delete a measurement with the same id' },
  { flags: '--measurement-id <id>', text: 'default: the attribute Measurement_ID of the file' },
  { flags: '--output-dir <folder>', text: 'where the products go; default from the settings, else the current folder' },
  { flags: '--extract', text: 'unpack each archive into <folder>/<id>/<product>/' },
  ...SCC_UPLOAD_LIMITS,
  ...SCC_WAIT_OPTIONS,
  ...SCC_DOWNLOAD_OPTIONS,
];
const ARGUMENTS = [
  { flags: '<file>', text: 'raw measurement in SCC netCDF' },
  { flags: '<system>', text: 'number of the lidar configuration' },
] as const;

/** `sdc scc upload-file`. */
export const uploadFile: CommandSpec = {
  name: 'upload-file',
  summary: 'upload one measurement, with its ancillary files',
  arguments: ARGUMENTS,
  options: [{ flags: '-p, --process', text: 'wait for processing, then download the products' }, ...OPTIONS],
  examples: [
    ['sdc scc upload-file 20210601aky0930.nc 437', 'upload; processing starts on the server'],
    [
      'sdc scc upload-file 20210601aky0930.nc 437 -p --radiosounding rs_20210601aky09.nc',
      'upload with a radiosonde, wait, download',
    ],
  ],
  run: (context) => uploadOne(context, context.input.flag('process')),
};

/** `sdc scc process-file`: the older name of `upload-file --process`. */
export const processFile: CommandSpec = {
  name: 'process-file',
  summary: 'upload one measurement, wait, download the products (upload-file --process)',
  arguments: ARGUMENTS,
  options: OPTIONS,
  examples: [['sdc scc process-file 20210601aky0930.nc 437', 'from raw file to products']],
  run: (context) => uploadOne(context, true),
};

async function uploadOne(context: Context, process: boolean): Promise<void> {
  const { input, settings } = context;
  const file = input.argument('file');
  const delayHours = input.number('delay');
  context.closing.begin('uploads');
  await withScc(context, async (scc) => {
    const result = await context.progress('uploading', ({ onProgress }) =>
      scc.uploadFile(file, input.argument('system'), {
        ...uploadOptions(context),
        onProgress,
        ...defined({
          soundingFile: input.text('radiosounding'),
          overlapFile: input.text('overlap'),
          lidarRatioFile: input.text('lidarratio'),
          measurementId: input.text('measurementId'),
          delayHours,
        }),
      }),
    );
    const { measurementId } = result;
    context.closing.uploaded(await sizeOf(file));
    await tellAncillaries(context, result);
    if (input.flag('printFilenames')) context.note(`uploaded ${measurementId}`);
    else context.line(`uploaded ${measurementId}`);
    const waits = process && (delayHours ?? 0) === 0;
    if (process && !waits) context.note(`not waiting: the processing starts in ${delayHours ?? 0} hours`);
    if (!waits) {
      if (context.format !== 'table') await context.rows(COLUMNS, [result]);
      return;
    }
    const measurement = await waitUntilEnded(context, scc, measurementId);
    const transfers = new Transfers(context);
    const directory = settings.get('scc.output_dir') ?? '.';
    await context.progress('downloading', (view) =>
      takeProducts(context, scc, { measurement, directory }, transfers, view),
    );
    const failure = failureOf(measurement);
    if (failure !== undefined) transfers.failed(measurementId, failure);
    await transfers.print();
  });
}

const COLUMNS = [
  { name: 'measurementId', value: ({ measurementId }: { readonly measurementId: string }) => measurementId },
  { name: 'url', value: ({ url }: { readonly url: string }) => url },
];
