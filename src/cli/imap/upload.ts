import type { ImapUploadResult } from '../../imap/index.js';
import type { CommandSpec } from '../command/spec.js';
import { shortName } from '../command/transfer.js';
import { withImap } from './open.js';

/** `sdc imap upload`. */
export const upload: CommandSpec = {
  name: 'upload',
  summary: 'upload files; their names decide where the archive keeps them',
  arguments: [{ flags: '<files...>', text: 'local files' }],
  options: [
    {
      flags: '--accept-identical',
      text: 'do not fail if the archive already holds the file with the same content',
    },
    { flags: '--wait', text: 'wait until queries find the files' },
  ],
  examples: [['sdc imap upload imap_mag_l1a_norm-mago_20260101_v001.0002.cdf', 'one file']],
  run: async (context) => {
    const { input, outcome, signal } = context;
    const files = input.argumentList('files');
    const results: ImapUploadResult[] = [];
    const existing = input.flag('acceptIdentical') ? 'accept-identical' : 'error';
    context.closing.begin('uploads');
    await withImap(context, (imap) =>
      context.progress('uploading', async ({ onProgress }) => {
        const options = { signal, onProgress, existing, waitUntilIndexed: input.flag('wait') } as const;
        for (const file of files) {
          const result = await outcome.attempt(shortName(file), signal, () => imap.upload(file, options));
          if (result === undefined) continue;
          results.push(result);
          if (result.status === 'exists') context.closing.existed();
          else context.closing.uploaded(result.bytes);
          context.line(wordsOf(result, files.length));
        }
      }),
    );
    if (context.format !== 'table') await context.rows(COLUMNS, results);
  },
};

function wordsOf({ name, status }: ImapUploadResult, files: number): string {
  const words =
    status === 'exists' ? 'The same file is already at the IMAP SDC' : 'Successfully uploaded the file to the IMAP SDC';
  return files === 1 ? words : `${words}: ${name}`;
}

const COLUMNS = [
  { name: 'status', value: ({ status }: ImapUploadResult) => status },
  { name: 'name', value: ({ name }: ImapUploadResult) => name },
  { name: 'bytes', value: ({ bytes }: ImapUploadResult) => bytes },
];
