import { Option } from 'commander';
import type { Vocabulary } from './command-words.js';
import { COMMON_OPTIONS } from './common-options.js';
import type { OptionSpec } from './option-spec.js';
import type { CommandSpec, GroupSpec } from './spec.js';

/** What is called otherwise than its option here, in every group. */
const COMMON: Readonly<Record<string, string>> = {
  timeoutMs: '--timeout',
  idleTimeoutMs: '--idle-timeout',
  pollIntervalMs: '--poll',
  deadlineMs: '--deadline',
  appearMs: '--start-deadline',
  fileName: 'the file name',
  onFailure: 'what follows a failure',
  onProgress: 'the report of progress',
  onState: 'the report of states',
  userAgent: 'the user agent',
  maxConcurrency: 'the number of requests at a time',
  dryRun: '--dry-run',
  maxBytesPerSecond: '--bwlimit',
};

/**
 * The vocabulary of one command: its options and arguments, the commands of its group, and what these call otherwise
 * (`words` of the group, then of the command). What only other commands of the group have as an option is named in plain
 * words.
 */
export function vocabularyOf(command: CommandSpec, group?: GroupSpec): Vocabulary {
  const options = [...(group?.options ?? []), ...COMMON_OPTIONS, ...(command.options ?? [])];
  const others = (group?.commands ?? []).flatMap(({ options: own = [], arguments: given = [] }) => [...own, ...given]);
  return new Map([
    ...others.map(plainWords),
    ...Object.entries(COMMON),
    ...(group?.commands ?? []).map(({ name }) => [camel(name), name] as const),
    ...options.map(optionWord),
    ...(command.arguments ?? []).map(({ flags }) => argumentWord(flags)),
    ...Object.entries(group?.words ?? {}),
    ...Object.entries(command.words ?? {}),
  ]);
}

function optionWord({ flags }: OptionSpec): [string, string] {
  const option = new Option(flags);
  return [option.attributeName(), option.long ?? flags];
}

function plainWords({ flags }: OptionSpec): [string, string] {
  const [name, word] = flags.startsWith('-') ? optionWord({ flags, text: '' }) : argumentWord(flags);
  return [name, word.replace(/^--/u, '').replaceAll('-', ' ')];
}

function argumentWord(flags: string): [string, string] {
  const name = flags.replaceAll(/[<>[\].]/gu, '');
  return [camel(name), name];
}

function camel(name: string): string {
  return name.replaceAll(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase());
}
