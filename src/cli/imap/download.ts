import type { DownloadedFile } from '../../types.js';
import { DOWNLOAD_OPTIONS } from '../command/common-options.js';
import { defined } from '../command/defined.js';
import { filesFrom, namesFromFile } from '../command/files-from.js';
import type { CommandSpec } from '../command/spec.js';
import { downloadOptions, Transfers } from '../command/transfer.js';
import { UsageError } from '../command/usage-error.js';
import { withImap } from './open.js';

/** The sentence of the Python tool, which says the same of a file that was there already; here it does not. */
export function sayDownloaded({ path, status }: DownloadedFile): string {
  if (status === 'skipped') return `Already there: ${path}`;
  return `Successfully downloaded the file to: ${path}`;
}

/** `sdc imap download`. */
export const download: CommandSpec = {
  name: 'download',
  summary: 'download files to their places in the data directory',
  arguments: [{ flags: '[files...]', text: 'names, or paths in the archive' }],
  options: [
    filesFrom('names'),
    { flags: '--directory <folder>', text: 'put them directly into this folder' },
    { flags: '--verify', text: 'compare existing files with the archive, and fetch those that differ again' },
    { flags: '--check-format', text: 'refuse files that do not begin as their format requires' },
    {
      flags: '--connections <count>',
      text: 'number of parallel connections for one large file; default 1',
      number: { min: 1, max: 100, whole: true },
    },
    ...DOWNLOAD_OPTIONS,
  ],
  examples: [
    ['sdc imap download imap_mag_l1a_norm-mago_20260101_v001.0002.cdf', 'one file, to ./data/imap/mag/l1a/2026/01/'],
    ['sdc imap download --files-from names.txt', 'all files in a list'],
    [
      'sdc imap download imap_hi_l1b_45sensor-de_20260101_v001.0002.cdf --connections 4',
      'a large file over four connections',
    ],
  ],
  run: async (context) => {
    const { input } = context;
    const listed = await namesFromFile(context);
    const files = [...input.argumentList('files'), ...(listed ?? [])];
    if (files.length === 0 && listed === undefined)
      throw new UsageError('give file names, or a list with --files-from');
    const transfers = new Transfers(context);
    await withImap(context, (imap) =>
      context.progress('downloading', ({ onProgress }) => {
        const options = {
          ...downloadOptions(context, onProgress),
          ...defined({ directory: input.text('directory'), connections: input.number('connections') }),
          verify: input.flag('verify'),
          checkFormat: input.flag('checkFormat'),
        };
        return transfers.take(imap.downloadAll(files, options), (name) => name, sayDownloaded);
      }),
    );
    await transfers.print();
  },
};
