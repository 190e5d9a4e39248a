import type { Command, Option } from 'commander';

/**
 * A command line as the parser takes it: options in full and with hyphens, `help <command>` as `<command> --help`.
 *
 * The existing tools spell options with `_`, and take the beginning of a name for the name where only one begins like this.
 * Values stay as they are.
 *
 * @throws CommanderError (exit code 2) for a beginning that several options have.
 */
export function expandLine(program: Command, args: readonly string[]): string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const words: string[] = [];
  let command = program;
  let [wantsHelp, unknown] = [false, false];
  for (let at = 0; at < end; at += 1) {
    const word = args[at] ?? '';
    if (word.startsWith('-') && word !== '-') {
      const { text, option } = expandOption(command, word);
      if (unknown && (text === '--help' || text === '-h')) continue;
      words.push(text);
      const value = args[at + 1];
      if (option?.required !== true || text.includes('=') || value === undefined || at + 1 === end) continue;
      words.push(value);
      at += 1;
      continue;
    }
    const next = subcommandOf(command, word);
    if (next !== undefined) command = next;
    else if (command.commands.length > 0 && word === 'help') {
      wantsHelp = true;
      continue;
    }
    // The parser would show the help of the group; that there is no such command is what has to be said.
    else unknown ||= command.commands.length > 0;
    words.push(word);
  }
  return [
    ...words.filter((word) => !unknown || word !== '--help'),
    ...(wantsHelp && !unknown ? ['--help'] : []),
    ...args.slice(end),
  ];
}

/** The command of a group that has this name or alias. */
export function subcommandOf(command: Command, word: string): Command | undefined {
  return command.commands.find((one) => one.name() === word || one.aliases().includes(word));
}

/** The options that a word without its value can stand for: the one of that name, else all that begin like this. */
export function optionsFor(command: Command, word: string): Option[] {
  const known = [...command.options, command.createOption('-h, --help')];
  if (!word.startsWith('--')) return known.filter(({ short }) => short === word);
  const begun = word.replaceAll('_', '-');
  const exact = known.find(({ long }) => long === begun);
  return exact === undefined ? known.filter(({ long }) => long?.startsWith(begun)) : [exact];
}

function expandOption(command: Command, word: string): { readonly text: string; readonly option: Option | undefined } {
  const equals = word.startsWith('--') ? word.indexOf('=') : -1;
  const name = equals < 0 ? word : word.slice(0, equals);
  const [option, ...others] = optionsFor(command, name);
  if (others.length > 0) {
    const names = [option, ...others].map((one) => one?.long ?? '');
    command.error(`error: option '${name}' is ambiguous: it may be ${names.join(', ')}`);
  }
  if (option === undefined)
    return { text: name.startsWith('--') ? name.replaceAll('_', '-') + word.slice(name.length) : word, option };
  const full = name.startsWith('--') ? (option.long ?? name) : name;
  return { text: `${full}${word.slice(name.length)}`, option };
}
