import type { HmiClient, HmiFile, HmiRecord } from '../../hmi/index.js';
import { DOWNLOAD_OPTIONS } from '../command/common-options.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import type { CommandSpec } from '../command/spec.js';
import { downloadOptions, shortName, Transfers } from '../command/transfer.js';
import { FILTER_OPTIONS, queryOf, RANGE_ARGUMENTS, withHmi } from './open.js';

const NAMES = ['unique', 'server'] as const;

/** `sdc hmi download`. */
export const download: CommandSpec = {
  name: 'download',
  summary: 'download the FITS files of a time range',
  details: 'Files that already exist are not requested again, so repeating the command fetches only what is missing.',
  arguments: [...RANGE_ARGUMENTS, { flags: '<directory>', text: 'where the files go' }],
  options: [
    ...FILTER_OPTIONS,
    { flags: '--file-name <kind>', text: "unique (default), or the server's own", choices: NAMES },
    ...DOWNLOAD_OPTIONS,
  ],
  examples: [
    [
      'sdc hmi download hmi.sharp_720s 2015-12-11 2015-12-12 data --segments magnetogram',
      'one day of magnetograms of all HARPs',
    ],
    [
      'sdc hmi download hmi.sharp_720s 2015-12-11 2015-12-12 data --concurrency 1',
      'one file at a time, to go easy on the service',
    ],
  ],
  run: (context) =>
    withHmi(context, (hmi) => {
      const { input, signal } = context;
      const records = hmi.query(input.argument('series'), queryOf(context), { signal });
      return takeFiles(context, hmi, records, input.argument('directory'));
    }),
};

/** Downloads the files of records. */
export async function takeFiles(
  context: Context,
  hmi: HmiClient,
  records: AsyncIterable<HmiRecord> | Iterable<HmiRecord>,
  directory: string,
): Promise<void> {
  const { input } = context;
  const transfers = new Transfers(context);
  await context.progress('downloading', ({ onProgress }) => {
    const options = {
      ...downloadOptions(context, onProgress),
      ...defined({ segments: input.list('segments'), fileName: input.choice('fileName', NAMES) }),
    };
    return transfers.take(hmi.download(records, directory, options), fileTitle);
  });
  await transfers.print();
}

/** Record and segment, by which a user knows a file that failed; the link says less in some generations. */
function fileTitle({ record, segment, url }: HmiFile): string {
  const name = [record.series, record.recnum ?? record.dateObsText, segment]
    .filter((part) => part !== undefined)
    .join(' ');
  return segment === undefined ? `${name} ${shortName(url)}`.trim() : name;
}
