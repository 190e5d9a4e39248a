import { UsageError } from '../command/usage-error.js';
import type { CommandSpec } from '../command/spec.js';
import { defined } from '../command/defined.js';
import { shortName, sizeOf } from '../command/transfer.js';
import { listRow, newList, writeList, type ListRow } from './lists.js';
import { withScc } from './open.js';
import { SCC_UPLOAD_LIMITS, tellAncillaries, uploadOptions } from './uploading.js';

/** `sdc scc upload`. */
export const upload: CommandSpec = {
  name: 'upload',
  aliases: ['scc-upload'],
  summary: 'upload a file, or all measurements in a folder, with the files that they name',
  details:
    'From a folder, all *.nc are sent except rs_*, ov_* and lr_*. The configuration number comes from the attribute\n' +
    'X_PollyXTPipelines_Configuration_ID; the radiosonde, overlap and lidar ratio files that a measurement names\n' +
    '(Sounding_File_Name, Overlap_File_Name, LR_File_Name) are sent along from the same folder.',
  arguments: [
    { flags: '<path>', text: 'a file or a folder' },
    { flags: '[list]', text: 'CSV file to write: Filename, id, Products_Downloaded; read by download --list' },
  ],
  options: [
    { flags: '--no-calibration', text: 'leave out calibration_* files' },
    { flags: '--system <number>', text: 'configuration for files that do not name one' },
    { flags: '--force-upload', text: 'first delete measurements with the same ids' },
    { flags: '--delay <hours>', text: 'hours to wait before processing', number: { min: 0, max: 96, whole: true } },
    ...SCC_UPLOAD_LIMITS,
  ],
  examples: [
    ['sdc scc upload measurements/ uploaded.csv', 'upload a folder and keep the ids'],
    ['sdc scc upload measurements/ --no-calibration --system 437', 'without calibrations'],
  ],
  run: async (context) => {
    const { input, outcome } = context;
    const list = input.optionalArgument('list');
    const uploaded: ListRow[] = [];
    context.closing.begin('uploads');
    await withScc(context, (scc) =>
      context.progress('uploading', async ({ onProgress }) => {
        const options = {
          ...uploadOptions(context),
          onProgress,
          skipCalibration: input.without('calibration'),
          ...defined({ systemId: input.text('system'), delayHours: input.number('delay') }),
        };
        for await (const result of scc.uploadFiles(input.argument('path'), options)) {
          if (result.status === 'failed') {
            outcome.failed(shortName(result.file), result.error);
            continue;
          }
          outcome.done();
          context.closing.uploaded(await sizeOf(result.file));
          uploaded.push(listRow(result.file, result.measurementId));
          if (list !== undefined) await writeList(list, newList(uploaded));
          await tellAncillaries(context, result);
          context.line(`uploaded ${result.measurementId} (${shortName(result.file)})`);
        }
      }),
    );
    if (outcome.total === 0) throw new UsageError(`no measurement (*.nc) found in ${input.argument('path')}`);
    if (context.format !== 'table') await context.rows(COLUMNS, uploaded);
  },
};

const COLUMNS = [
  { name: 'file', value: ({ Filename }: ListRow) => Filename },
  { name: 'id', value: ({ id }: ListRow) => id },
];
