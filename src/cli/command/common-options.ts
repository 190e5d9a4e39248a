import { OVERWRITE_MODES } from '../../core/operation/shared-options.js';
import { NAME_CASES } from '../output/name-case.js';
import { FORMATS } from '../output/print.js';
import type { OptionSpec } from './option-spec.js';

/** The forms of messages, for the option. */
export const LOG_FORMATS = ['text', 'json'] as const;

/** Understood by every command, before and after its name. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
  { flags: '--output <format>', text: 'how results are printed; default table', choices: FORMATS },
  {
    flags: '--json-case <case>',
    text: 'names of fields in JSON and CSV: dateStart or date_start; default as each command has them',
    choices: NAME_CASES,
  },
  {
    flags: '--log-format <format>',
    text: 'how messages are written: text (default), or json, one object per line',
    choices: LOG_FORMATS,
  },
  { flags: '-s, --silent', text: 'print only results, warnings and errors: no notes, no progress bars' },
  { flags: '-v, --verbose', text: 'print what is happening' },
  { flags: '-d, --debug', text: 'print everything, including each request, but never passwords or keys' },
  { flags: '-c, --config <file>', text: 'settings file of scc_access; default ~/.scc_access.yaml' },
  { flags: '--timeout <seconds>', text: 'longest wait for an answer; default 30', number: { min: 0.001, max: 86_400 } },
  {
    flags: '--idle-timeout <seconds>',
    text: 'longest pause while an answer arrives; default 60',
    number: { min: 0.001, max: 86_400 },
  },
  {
    flags: '--proxy <address>',
    text: 'http or https proxy for every request, or none; default HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY',
  },
  {
    flags: '--retries <count>',
    text: 'number of retries where repeating is safe; default 3',
    number: { min: 0, max: 100, whole: true },
  },
];

/** Options of commands that download. */
export const DOWNLOAD_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '--overwrite <mode>',
    text: 'what to do with a file that already exists; default skip',
    choices: OVERWRITE_MODES,
  },
  {
    flags: '--concurrency <count>',
    text: 'how many files at a time; default 4',
    number: { min: 1, max: 64, whole: true },
  },
  { flags: '--no-resume', text: 'start partial files over instead of continuing them' },
  { flags: '--print-filenames', text: 'print only the paths of files that are now there, one per line' },
];

/** Options of commands that wait for processing. */
export const WAIT_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '--poll <seconds>',
    text: 'pause between two status checks; default 10',
    number: { min: 0.01, max: 86_400 },
  },
  {
    flags: '--deadline <minutes>',
    text: 'longest total wait; the centre continues without you; default 120',
    number: { min: 0.001, max: 100_000 },
  },
];
