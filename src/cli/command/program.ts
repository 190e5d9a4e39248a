import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { VERSION } from '../../core/config/version.js';
import type { Terminal } from '../io/terminal.js';
import { closingText, helpLayout, notesText } from './help-layout.js';
import { COMMON_OPTIONS } from './common-options.js';
import { Input } from './input.js';
import { OpenOption } from './open-option.js';
import type { Vocabulary } from './command-words.js';
import { vocabularyOf } from './vocabulary.js';
import type { ArgumentSpec, OptionSpec } from './option-spec.js';
import type { CommandSpec, GroupSpec, NoteList } from './spec.js';

/** What is called with a command that was typed without mistakes. */
export type Runner = (spec: CommandSpec, input: Input, group: string, words: Vocabulary) => Promise<void>;

/** What the whole program consists of. */
export interface ProgramSpec {
  readonly groups: readonly GroupSpec[];
  /** Commands of no centre. */
  readonly commands: readonly CommandSpec[];
  /** Shown below the help of the program: lists under headings. */
  readonly notes: readonly NoteList[];
}

/** Makes the argument parser. */
export function buildProgram(spec: ProgramSpec, terminal: Terminal, runner: Runner): Command {
  const program = new Command('sdc')
    .description('SCC, IMAP, HMI and SCOPS: one command for four science data centres.')
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      getOutHelpWidth: terminal.outColumns,
      getErrHelpWidth: terminal.errColumns,
    })
    .configureHelp(helpLayout(terminal))
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for usage)')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show help for a command');
  addOptions(program, COMMON_OPTIONS, 'Common options:');
  const build = { terminal, runner };
  for (const group of spec.groups) addGroup(program, group, build);
  for (const command of spec.commands) addCommand(program, command, undefined, build);
  return program.addHelpText('after', ({ error }) => notesText(spec.notes, columnsFor(terminal, error)));
}

interface Build {
  readonly terminal: Terminal;
  readonly runner: Runner;
}

function columnsFor({ outColumns, errColumns }: Terminal, error: boolean): number {
  return error ? errColumns() : outColumns();
}

function addGroup(program: Command, group: GroupSpec, build: Build): void {
  const parent = program
    .command(group.name)
    .description(group.summary)
    .enablePositionalOptions()
    .version(VERSION, '-V, --version', 'print the version');
  addOptions(parent, group.options, 'Connection:');
  addOptions(parent, COMMON_OPTIONS, 'Common options:');
  for (const command of group.commands) addCommand(parent, command, group, build);
}

function addCommand(
  parent: Command,
  spec: CommandSpec,
  group: GroupSpec | undefined,
  { terminal, runner }: Build,
): void {
  const command = parent.command(spec.name);
  command.description(spec.summary);
  command.aliases([...(spec.aliases ?? [])]);
  for (const argument of spec.arguments ?? []) command.addArgument(toArgument(argument));
  addOptions(command, spec.options ?? []);
  const own = (spec.options ?? []).map(flagsOf);
  const names = new Set(own.map(({ name }) => name));
  const letters = new Set(own.map(({ letter }) => letter));
  const inherited = (options: readonly OptionSpec[]): OptionSpec[] =>
    options
      .filter((option) => !names.has(flagsOf(option).name))
      .map((option) => (letters.has(flagsOf(option).letter) ? withoutLetter(option) : option));
  addOptions(command, inherited(group?.options ?? []), 'Connection:');
  addOptions(command, inherited(COMMON_OPTIONS), 'Common options:');
  command.addHelpText('after', ({ error }) => closingText(spec, columnsFor(terminal, error)));
  command.action(async () => runner(spec, inputOf(command), group?.name ?? spec.name, vocabularyOf(spec, group)));
}

/** What a parser calls an option, and its letter. The same few are asked for at each command. */
const flagsOf = memo(({ flags }: OptionSpec): { readonly name: string; readonly letter: string | undefined } => {
  const option = new Option(flags);
  return { name: option.attributeName(), letter: option.short };
});

function memo<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

/** The same option without its letter, where the command has that for an option of its own. */
function withoutLetter(option: OptionSpec): OptionSpec {
  return { ...option, flags: option.flags.replace(/^-\w, /u, '') };
}

function addOptions(command: Command, options: readonly OptionSpec[], heading?: string): void {
  for (const spec of options) {
    const option = toOption(spec);
    if (heading !== undefined) option.helpGroup(heading);
    command.addOption(option);
  }
}

function toArgument({ flags, text, choices }: ArgumentSpec): Argument {
  const argument = new Argument(flags, text);
  return choices === undefined ? argument : argument.choices([...choices]);
}

function toOption(spec: OptionSpec): Option {
  const { choices, suggestions, number } = spec;
  const option =
    suggestions === undefined ? new Option(spec.flags, spec.text) : new OpenOption(spec.flags, spec.text, suggestions);
  if (choices !== undefined) option.choices([...choices]);
  if (number !== undefined) option.argParser((text: string) => parseNumber(text, number));
  if (spec.many === true) option.argParser((text: string, before: unknown) => parseList(text, before, choices));
  if (spec.each === true) option.argParser((text: string, before: unknown) => [...listOf(before), text]);
  if (spec.required === true) option.makeOptionMandatory();
  if (spec.conflicts !== undefined) option.conflicts([...spec.conflicts]);
  return spec.hidden === true ? option.hideHelp() : option;
}

function parseNumber(text: string, { min, max, whole }: NonNullable<OptionSpec['number']>): number {
  const value = /^[+-]?(?:\d+\.?\d*|\.\d+)$/u.test(text) ? Number(text) : NaN;
  const inside = value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  if (inside && (whole !== true || Number.isInteger(value))) return value;
  const kind = whole === true ? 'a whole number' : 'a number';
  if (min !== undefined && max !== undefined)
    throw new InvalidArgumentError(`It must be ${kind} from ${min} to ${max}.`);
  throw new InvalidArgumentError(min === undefined ? `It must be ${kind}.` : `It must be ${kind}, ${min} or more.`);
}

function parseList(text: string, before: unknown, choices: readonly string[] | undefined): string[] {
  const words = text.split(',').filter((word) => word !== '');
  const wrong = choices === undefined ? undefined : words.find((word) => !choices.includes(word));
  if (wrong !== undefined) throw new InvalidArgumentError(`Allowed values are ${(choices ?? []).join(', ')}.`);
  return [...listOf(before), ...words];
}

function listOf(before: unknown): string[] {
  return Array.isArray(before) ? before.map(String) : [];
}

/** Options of the command, of its centre and of the program: the nearest that was given wins. */
function inputOf(command: Command): Input {
  const values = new Map<string, unknown>();
  for (let at: Command | null = command; at !== null; at = at.parent) {
    for (const [name, value] of Object.entries(at.opts<Record<string, unknown>>())) {
      if (!values.has(name) && value !== undefined && at.getOptionValueSource(name) !== 'default')
        values.set(name, value);
    }
  }
  const given: readonly unknown[] = command.processedArgs;
  return new Input(values, new Map(command.registeredArguments.map((argument, at) => [argument.name(), given[at]])));
}
