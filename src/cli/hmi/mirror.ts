import type { CommandSpec } from '../command/spec.js';
import { MIRROR_OPTIONS } from '../mirror/options.js';
import { takeMirror, withWarnings } from '../mirror/take.js';
import { FILTER_OPTIONS, queryOf, RANGE_ARGUMENTS, withHmi } from './open.js';

/** `sdc hmi mirror`. */
export const mirror: CommandSpec = {
  name: 'mirror',
  summary: 'keep a local copy of the files of a time range up to date',
  details:
    'Fetched files are recorded in .sdc/manifest.jsonl in the directory, which sdc verify reads. Each run asks for what is new since the last\n' +
    'one. It can be killed at any time, and two runs can share a directory.',
  arguments: [...RANGE_ARGUMENTS, { flags: '<directory>', text: 'where the copy is' }],
  options: [...FILTER_OPTIONS, ...MIRROR_OPTIONS],
  examples: [
    [
      'sdc hmi mirror hmi.sharp_720s 2015-12-01 2016-01-01 sharps --segments magnetogram',
      'a month of magnetograms; run it again for what is new',
    ],
    ['sdc hmi mirror hmi.sharp_720s 2015-12-01 2016-01-01 sharps --dry-run', 'what would be fetched'],
  ],
  run: (context) =>
    withHmi(withWarnings(context), (hmi) =>
      takeMirror(context, context.input.argument('directory'), (options) =>
        hmi.mirror(context.input.argument('series'), queryOf(context), options),
      ),
    ),
};
