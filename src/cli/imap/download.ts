import type { DownloadedFile } from '../../types.js';
import { DOWNLOAD_OPTIONS } from '../command/common-options.js';
import { defined } from '../command/defined.js';
import type { CommandSpec } from '../command/spec.js';
import { downloadOptions, Transfers } from '../command/transfer.js';
import { withImap } from './open.js';

/** The sentence of the Python tool, which says the same of a file that was there already; here it does not. */
export function sayDownloaded({ path, status }: DownloadedFile): string {
  if (status === 'skipped') return `Already there: ${path}`;
  return `Successfully downloaded the file to: ${path}`;
}

/** `sdc imap download`. */
export const download: CommandSpec = {
  name: 'download',
  summary: 'download files to their places below the data directory',
  arguments: [{ flags: '<files...>', text: 'names, or paths in the archive' }],
  options: [
    { flags: '--directory <folder>', text: 'put them directly into this folder' },
    { flags: '--verify', text: 'compare files that are there with the archive, fetch them again when they differ' },
    { flags: '--check-format', text: 'refuse bodies that do not begin like their format' },
    ...DOWNLOAD_OPTIONS,
  ],
  examples: [
    ['sdc imap download imap_mag_l1a_norm-mago_20260101_v001.0002.cdf', 'one file, to ./data/imap/mag/l1a/2026/01/'],
  ],
  run: async (context) => {
    const { input } = context;
    const transfers = new Transfers(context);
    await withImap(context, (imap) =>
      context.progress('downloading', ({ onProgress }) => {
        const options = {
          ...downloadOptions(context, onProgress),
          ...defined({ directory: input.text('directory') }),
          verify: input.flag('verify'),
          checkFormat: input.flag('checkFormat'),
        };
        return transfers.take(imap.downloadAll(input.argumentList('files'), options), (name) => name, sayDownloaded);
      }),
    );
    await transfers.print();
  },
};
