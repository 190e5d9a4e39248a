import { Option } from 'commander';
import type { CommandSpec, GroupSpec, OptionSpec } from './spec.js';
import { COMMON_OPTIONS } from './common-options.js';

/** What the SDK calls a thing, and what the command calls it. */
export type Vocabulary = ReadonlyMap<string, string>;

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

/** A text of the SDK in the words of the command: without the name of the call, with options in place of parameters. */
export function inCommandWords(text: string, vocabulary: Vocabulary): string {
  const word = (name: string): string => vocabulary.get(name) ?? name;
  return (
    text
      .replaceAll(/(^|[\s(])(?:scc|imap|hmi|scops)\.[a-zA-Z]+: /gu, '$1')
      .replaceAll(/\boptions? ([a-z]\w*)(?:: true)?/gu, (all, name: string) => vocabulary.get(name) ?? all)
      .replace(/^[a-z]\w*(?=(?: (?:must|is|and|cannot|does|names|knows)\b|: ))/u, word)
      // A property of an option, such as `dem.header`, and names of several words.
      .replaceAll(/(?<![\w./\\-])(?:[a-z]+\.[a-z]\w*|[a-z]+[A-Z]\w*)(?![\w./\\-])/gu, word)
  );
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
