import { OVERWRITE_MODES } from '../../core/transfer/overwrite.js';
import { FORMATS } from '../output/print.js';
import type { OptionSpec } from './option-spec.js';

/** The forms of messages, for the option. */
export const LOG_FORMATS = ['text', 'json'] as const;

/** Understood by every command, before and after its name. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
  { flags: '--output <format>', text: 'how results are printed; default table', choices: FORMATS },
  {
    flags: '--log-format <format>',
    text: 'how messages are written: text (default), or json, one object a line',
    choices: LOG_FORMATS,
  },
  { flags: '-s, --silent', text: 'only results, warnings and errors: no notes, no progress bars' },
  { flags: '-v, --verbose', text: 'say what is going on' },
  { flags: '-d, --debug', text: 'say everything, each request too; passwords and keys never' },
  { flags: '-c, --config <file>', text: 'settings file of scc_access; default ~/.scc_access.yaml' },
  { flags: '--timeout <seconds>', text: 'longest wait for an answer; default 30', number: { min: 0.001, max: 86_400 } },
  {
    flags: '--idle-timeout <seconds>',
    text: 'longest silence within an answer; default 60',
    number: { min: 0.001, max: 86_400 },
  },
  {
    flags: '--retries <count>',
    text: 'further attempts where repeating is safe; default 3',
    number: { min: 0, max: 100, whole: true },
  },
];

/** Options of commands that download. */
export const DOWNLOAD_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '--overwrite <mode>',
    text: 'what to do with a file that is there; default skip',
    choices: OVERWRITE_MODES,
  },
  {
    flags: '--concurrency <count>',
    text: 'how many files at a time; default 4',
    number: { min: 1, max: 64, whole: true },
  },
  { flags: '--no-resume', text: 'start partial files over instead of continuing them' },
  { flags: '--print-filenames', text: 'print nothing but the paths of the files that are there, one a line' },
];

/** Options of commands that wait for processing. */
export const WAIT_OPTIONS: readonly OptionSpec[] = [
  { flags: '--poll <seconds>', text: 'pause between two looks; default 10', number: { min: 0.01, max: 86_400 } },
  {
    flags: '--deadline <minutes>',
    text: 'longest wait in all; the work goes on without you; default 120',
    number: { min: 0.001, max: 100_000 },
  },
];
