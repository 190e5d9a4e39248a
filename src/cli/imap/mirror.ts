import type { CommandSpec } from '../command/spec.js';
import { MIRROR_OPTIONS } from '../mirror/options.js';
import { takeMirror, withWarnings } from '../mirror/take.js';
import { KERNEL_TYPE, QUERY_FILTERS } from './filters.js';
import { queryOf } from './find.js';
import { noteReleasedOnly, withImap } from './open.js';
import { TABLES } from './words.js';

/** `sdc imap mirror`. */
export const mirror: CommandSpec = {
  name: 'mirror',
  summary: 'keep a local copy of part of the archive up to date',
  details:
    'Files go to their places in the folder and are recorded in its .sdc/manifest.jsonl, which sdc verify reads. Each run asks\n' +
    'for what is new or has changed since the last one. It can be killed at any time, and two runs can share a folder.',
  options: [
    { flags: '--directory <folder>', text: 'where the copy is; default the data directory' },
    ...QUERY_FILTERS,
    KERNEL_TYPE,
    ...MIRROR_OPTIONS,
  ],
  examples: [
    ['sdc imap mirror --instrument mag --data-level l1a --directory mag', 'all files of a level, every night'],
    ['sdc imap mirror --instrument mag --dry-run', 'what would be fetched'],
    [
      "sdc imap mirror --instrument mag --bwlimit 2M --run 'process-file {}'",
      'limit the rate, and run a program for each new file',
    ],
  ],
  run: (context) =>
    withImap(withWarnings(context), async (imap) => {
      const { input } = context;
      const query = queryOf(context, input.choice('table', TABLES) ?? 'science');
      if (query.table !== 'spice') noteReleasedOnly(context);
      await takeMirror(context, input.text('directory') ?? imap.dataDir, (options) => imap.mirror(query, options));
    }),
};
