import type { Argument, Command, Option } from 'commander';
import { optionsFor, subcommandOf } from './command-line.js';
import { wordsFor } from './open-option.js';

/** One word that fits, with what it means. */
export interface Suggestion {
  readonly word: string;
  readonly text: string;
}

/** What fits at the cursor; `files`: names of files do too. */
export interface Suggestions {
  readonly words: readonly Suggestion[];
  readonly files: boolean;
}

const PATHS = /^(?:file|files|folder|path|directory|download-path|output-directory|list|csv|order|model|header-file)$/u;
const NONE: Suggestions = { words: [], files: false };

/** What fits for the last of the words that were typed (empty: nothing typed of it yet). */
export function suggest(program: Command, typed: readonly string[]): Suggestions {
  const current = typed.at(-1) ?? '';
  const before = typed.slice(0, -1);
  const { command, position } = walk(program, before);
  const [flag, begun] = current.startsWith('--') && current.includes('=') ? splitAt(current) : [before.at(-1), current];
  const option = flag === undefined ? undefined : optionOf(command, flag);
  if (option?.required === true) {
    const prefix = begun === current ? '' : `${option.long ?? ''}=`;
    return fitting(valuesOf(wordsFor(option), placeholderOf(option)), begun, prefix);
  }
  if (current.startsWith('-')) return optionsFitting(command, current);
  if (command.commands.length > 0) return fitting({ words: commandsOf(command), files: false }, current);
  return fitting(argumentAt(command.registeredArguments, position), current);
}

/** The command that the words lead to, and how many of its arguments are there. */
function walk(program: Command, words: readonly string[]): { readonly command: Command; readonly position: number } {
  let command = program;
  let position = 0;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word.startsWith('-')) {
      if (!word.includes('=') && optionOf(command, word)?.required === true) at += 1;
      continue;
    }
    const next = subcommandOf(command, word);
    if (next === undefined) position += 1;
    else command = next;
  }
  return { command, position };
}

function optionOf(command: Command, word: string): Option | undefined {
  const [option, ...others] = optionsFor(command, word);
  return others.length === 0 ? option : undefined;
}

function optionsOf(command: Command): Suggestion[] {
  const shown = command.options.filter(({ hidden }) => !hidden);
  return shown.map(({ long, short, description }) => ({ word: long ?? short ?? '', text: description }));
}

/** The options that fit, with `_` where the user types `_`. */
function optionsFitting(command: Command, begun: string): Suggestions {
  if (!begun.includes('_')) return fitting({ words: optionsOf(command), files: false }, begun);
  const words = optionsOf(command).map(({ word, text }) => ({
    word: `--${word.slice(2).replaceAll('-', '_')}`,
    text,
  }));
  return fitting({ words, files: false }, begun);
}

function commandsOf(command: Command): Suggestion[] {
  return command.commands.map((one) => ({ word: one.name(), text: one.description() }));
}

function argumentAt(known: readonly Argument[], position: number): Suggestions {
  const last = known.at(-1);
  const argument = known[position] ?? (last?.variadic === true ? last : undefined);
  return argument === undefined ? NONE : valuesOf(argument.argChoices, argument.name());
}

function valuesOf(choices: readonly string[] | undefined, placeholder: string): Suggestions {
  return { words: (choices ?? []).map((word) => ({ word, text: '' })), files: PATHS.test(placeholder) };
}

function placeholderOf({ flags }: Option): string {
  return /[<[]([^\].>]+)/u.exec(flags)?.[1] ?? '';
}

function fitting({ words, files }: Suggestions, begun: string, prefix = ''): Suggestions {
  const fits = words.filter(({ word }) => word.startsWith(begun));
  return { words: fits.map(({ word, text }) => ({ word: `${prefix}${word}`, text })), files };
}

function splitAt(word: string): [string, string] {
  const equals = word.indexOf('=');
  return [word.slice(0, equals), word.slice(equals + 1)];
}

/** The suggestions as the shell scripts read them: a word and a tab a line, then `:0` (files too) or `:4`. */
export function completionText({ words, files }: Suggestions): string {
  return [...words.map(({ word, text }) => `${word}\t${text}`), `:${files ? 0 : 4}`, ''].join('\n');
}
