import { Help, type Argument, type Command } from 'commander';
import type { Terminal } from '../io/terminal.js';
import { OpenOption } from './open-option.js';
import type { CommandSpec, NoteList } from './spec.js';

const INDENT = '  ';

/** How help pages are laid out: no line is longer than the terminal, unless a single word is. */
export function helpLayout({ outColumns }: Pick<Terminal, 'outColumns'>): Partial<Help> {
  return {
    // A longer term stands above its text.
    padWidth: (command, help) => widestOf(termsOf(command, help), help.helpWidth ?? 80),
    subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(argumentWord)].join(' '),
    subcommandDescription: (command) => {
      const aliases = command.aliases();
      return aliases.length === 0 ? command.description() : `${command.description()} (also ${aliases.join(', ')})`;
    },
    commandUsage: (command) => {
      const names: string[] = [];
      for (let at: Command | null = command; at !== null; at = at.parent) names.unshift(at.name());
      return wrapWords([...names, ...command.usage().split(' ')], outColumns(), '       ', 'Usage: '.length).join('\n');
    },
    optionDescription: (option) =>
      option instanceof OpenOption
        ? `${option.description} (such as ${option.suggestions.join(', ')})`
        : new Help().optionDescription(option),
    formatItem: (term, termWidth, text, help) => itemLines(term, termWidth, text, help.helpWidth ?? 80).join('\n'),
  };
}

function itemLines(term: string, termWidth: number, text: string, columns: number): string[] {
  const beside = INDENT.length + termWidth + 2;
  const longest = Math.max(0, ...text.split(/\s+/u).map(({ length }) => length));
  const fits = term.length <= termWidth && longest <= columns - beside;
  const before = longest <= columns - beside ? beside : 3 * INDENT.length;
  const lines = wrapText(text, columns - before).map((line) => ' '.repeat(before) + line);
  if (!fits)
    return [...wrapWords(term.split(' '), columns - INDENT.length, INDENT).map((line) => INDENT + line), ...lines];
  const [first = '', ...rest] = lines;
  return [`${INDENT}${term.padEnd(termWidth)}${first.slice(INDENT.length + termWidth)}`.trimEnd(), ...rest];
}

function widestOf(terms: readonly string[], columns: number): number {
  const limit = Math.min(30, Math.floor(columns * 0.4));
  return Math.max(0, ...terms.map(({ length }) => length).filter((length) => length <= limit));
}

function termsOf(command: Command, help: Help): string[] {
  return [
    ...help.visibleOptions(command).map((option) => help.optionTerm(option)),
    ...help.visibleCommands(command).map((sub) => help.subcommandTerm(sub)),
    ...help.visibleArguments(command).map((argument) => help.argumentTerm(argument)),
  ];
}

function argumentWord(argument: Argument): string {
  const text = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${text}>` : `[${text}]`;
}

/** Lists below the help of the program. */
export function notesText(lists: readonly NoteList[], columns: number): string {
  const lines = lists.flatMap(({ heading, items }) => {
    const width = widestOf(
      items.map(([term]) => term),
      columns,
    );
    return ['', heading, ...items.flatMap(([term, text]) => itemLines(term, width, text, columns))];
  });
  return lines.join('\n');
}

/** What stands below the help of a command: its details and examples. */
export function closingText({ details, examples }: CommandSpec, columns: number): string {
  const above = details === undefined ? [] : ['', ...wrapText(details, columns)];
  const lines = examples.flatMap(([line, what]) => [
    ...wrapCommand(`$ ${line}`, columns),
    ...wrapText(what, columns - 6).map((text) => `      ${text}`),
  ]);
  return [...above, '', 'Examples:', ...lines].join('\n');
}

/** A text in lines of at most so many columns; breaks in it are blanks. */
function wrapText(text: string, columns: number): string[] {
  return wrapWords(text.split(/\s+/u), columns, '');
}

/** A command line that can be copied: a backslash ends each line but the last. Quoted words stay whole. */
function wrapCommand(line: string, columns: number): string[] {
  // An option and its value stay together.
  const words = line.match(/-\S+ (?:"[^"]*"|[^\s"-]\S*)|(?:"[^"]*"|\S)+/gu) ?? [];
  const lines = wrapWords(words, columns - INDENT.length - ' \\'.length, INDENT);
  return lines.map((part, at) => `${INDENT}${part}${at < lines.length - 1 ? ' \\' : ''}`);
}

/** Words in lines; those after the first begin with `hanging`, the first stands behind so many other columns. */
function wrapWords(words: readonly string[], columns: number, hanging: string, taken = 0): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const used = (last?.length ?? 0) + (lines.length === 1 ? taken : 0);
    if (last !== undefined && used + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : `${hanging}${word}`);
  }
  return lines;
}
