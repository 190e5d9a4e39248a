import { describe, expect, test } from 'vitest';
import { programSpec } from '../../../src/cli/commands.js';
import { COMMON_OPTIONS } from '../../../src/cli/command/common-options.js';
import type { Input } from '../../../src/cli/command/input.js';
import { expandLine } from '../../../src/cli/command/command-line.js';
import { buildProgram } from '../../../src/cli/command/program.js';
import type { OptionSpec } from '../../../src/cli/command/option-spec.js';
import type { CommandSpec } from '../../../src/cli/command/spec.js';
import { processTerminal } from '../../../src/cli/io/terminal.js';

const terminal = { ...processTerminal(), out: () => undefined, err: () => undefined };

const whole = programSpec(() => Promise.resolve(0));

let found: { command: string; input: Input } | undefined;
/** One program for each group of commands, since making one takes longer than reading a line. */
const programs = new Map(
  [undefined, ...whole.groups].map((group) => {
    const part = group === undefined ? { ...whole, groups: [] } : { ...whole, groups: [group], commands: [] };
    const program = buildProgram(part, terminal, (spec, input) => {
      found = { command: spec.name, input };
      return Promise.resolve();
    });
    return [group?.name, program] as const;
  }),
);

/** What the parser makes of a line for one group of commands; `undefined` where it refuses it. */
async function parsed(line: readonly string[]): Promise<{ command: string; input: Input } | undefined> {
  found = undefined;
  const program = programs.get(line[0]) ?? programs.get(undefined);
  if (program === undefined) throw new Error('there is no program');
  try {
    await program.parseAsync(expandLine(program, line), { from: 'user' });
  } catch {
    return undefined;
  }
  return found;
}

const nameOf = ({ flags }: OptionSpec): string => /--[a-z-]+/u.exec(flags)?.[0] ?? '';
const camel = (option: string): string =>
  option.replace(/^--(?:no-)?/u, '').replaceAll(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase());

/** An option with a value that it takes, and what is read then. */
function sample(option: OptionSpec): { words: string[]; value: unknown } {
  const { flags, choices, number, many, each } = option;
  const name = nameOf(option);
  if (!flags.includes('<')) return { words: [name], value: !name.startsWith('--no-') };
  const text = choices?.[0] ?? (number === undefined ? 'a-b_c' : String(Math.max(number.min ?? 1, 1)));
  const value = many === true || each === true ? [text] : number === undefined ? text : Number(text);
  return { words: [name, text], value };
}

/** What a command cannot do without. */
function needed({ arguments: args = [], options = [] }: CommandSpec, but: OptionSpec): string[] {
  const words = args.filter(({ flags }) => flags.startsWith('<')).map(({ choices }) => choices?.[0] ?? '1');
  const required = options.filter((option) => option.required === true && option !== but);
  return [...words, ...required.flatMap((option) => sample(option).words)];
}

function read(input: Input, name: string, value: unknown): unknown {
  if (value === true) return input.flag(name);
  if (value === false) return !input.without(name);
  if (typeof value === 'number') return input.number(name);
  return Array.isArray(value) ? input.list(name) : input.text(name);
}

const { groups, commands } = whole;
const all = [
  ...groups.flatMap(({ name, options, commands: own }) => own.map((command) => [[name], options, command] as const)),
  ...commands.map((command) => [[], [], command] as const),
];

describe.each(all.map((entry) => [[...entry[0], entry[2].name].join(' '), entry] as const))('%s', (_name, entry) => {
  const [before, shared, command] = entry;
  // What all commands have is tried with two of them.
  const common = ['query', 'config'].includes(command.name) ? COMMON_OPTIONS : [];
  const options = [
    ...(command.options ?? []),
    ...(before.length > 0 && command.name === 'download' ? shared : []),
    ...common,
  ];

  test.each(options.map((option) => [nameOf(option), option] as const))('%s with - and with _', async (_, option) => {
    const { words, value } = sample(option);
    const [flag = '', text] = words;
    const underscores = `--${flag.slice(2).replaceAll('-', '_')}`;
    const joined = (name: string): string[] => (text === undefined ? [name] : [`${name}=${text}`]);
    for (const typed of [words, joined(flag), [underscores, ...words.slice(1)], joined(underscores)]) {
      const found = await parsed([...before, command.name, ...needed(command, option), ...typed]);
      expect(found?.command, typed.join(' ')).toBe(command.name);
      expect(found && read(found.input, camel(flag), value), typed.join(' ')).toEqual(value);
    }
  });

  test('options that all commands have are understood before its name too', async () => {
    const own = new Set((command.options ?? []).map(nameOf));
    for (const option of [...shared, ...common].filter((one) => !own.has(nameOf(one)))) {
      const { words, value } = sample(option);
      const found = await parsed([...before, ...words, command.name, ...needed(command, option)]);
      // Without a centre they stand before the command itself.
      expect(found && read(found.input, camel(nameOf(option)), value), words.join(' ')).toEqual(value);
    }
  });

  test.each((command.aliases ?? []).map((alias) => [alias]))('is also called %s', async (alias) => {
    const found = await parsed([...before, alias, ...needed(command, { flags: '', text: '' })]);
    expect(found?.command).toBe(command.name);
  });
});
