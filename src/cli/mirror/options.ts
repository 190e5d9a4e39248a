import { OVERWRITE_MODES } from '../../core/operation/shared-options.js';
import type { MirrorOptions, TransferProgress } from '../../types.js';
import { DOWNLOAD_OPTIONS } from '../command/common-options.js';
import type { Context } from '../command/context.js';
import { utcDay } from '../command/dates.js';
import { defined } from '../command/defined.js';
import type { OptionSpec } from '../command/option-spec.js';
import { downloadOptions } from '../command/transfer.js';
import { bytesPerSecond } from './rate.js';

const REMOVE = ['never', 'list', 'delete'] as const;
const LAST_RUN = 'last-run';

/** What a mirror has otherwise than a download. */
const OTHERWISE: Readonly<Record<string, Partial<OptionSpec>>> = {
  overwrite: {
    text: 'what to do with a file that is there and not in the manifest; default update',
    choices: OVERWRITE_MODES.filter((mode) => mode !== 'unique'),
  },
  'print-filenames': { text: 'print only the paths of new and changed files, one per line' },
};

/** Options of the commands that mirror. */
export const MIRROR_OPTIONS: readonly OptionSpec[] = [
  { flags: '--dry-run', text: 'print what would be fetched, but write and delete nothing' },
  {
    flags: '--include <glob>',
    text: "only files whose path inside the folder matches, such as 'imap/mag/**' or '*.cdf'; may be repeated",
    each: true,
  },
  { flags: '--exclude <glob>', text: 'skip files that match; may be repeated', each: true },
  { flags: '--bwlimit <rate>', text: 'limit in bytes per second for all files together, such as 500k or 2M' },
  {
    flags: '--run <command>',
    text: "run a program for each new or changed file, without a shell: 'process {}', where {} is the path",
  },
  { flags: '--verify', text: 'read every file and compare its digest; fetch those that differ again' },
  {
    flags: '--remove <what>',
    text: 'what to do about files that the centre no longer has: nothing (never, default), list them, or delete them',
    choices: REMOVE,
  },
  {
    flags: '--since <date>',
    text: 'ask for what changed at the centre since this date; default last-run, where the last run ended',
  },
  ...DOWNLOAD_OPTIONS.map((option) => ({ ...option, ...OTHERWISE[/^--([a-z-]+)/u.exec(option.flags)?.[1] ?? ''] })),
];

/** The options of a mirror that the user gave. */
export function mirrorOptions(context: Context, onProgress: (progress: TransferProgress) => void): MirrorOptions {
  const { input } = context;
  const [rate, since] = [input.text('bwlimit'), input.text('since')];
  return {
    ...downloadOptions(context, onProgress),
    dryRun: input.flag('dryRun'),
    verify: input.flag('verify'),
    ...defined({
      include: input.list('include'),
      exclude: input.list('exclude'),
      remove: input.choice('remove', REMOVE),
      since: since === undefined || since === LAST_RUN ? since : utcDay(since, '--since'),
      maxBytesPerSecond: rate === undefined ? undefined : bytesPerSecond(rate),
    }),
  };
}
