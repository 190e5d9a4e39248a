import { expect, test } from 'vitest';
import { buildProgram } from '../../../src/cli/command/program.js';
import { programSpec } from '../../../src/cli/commands.js';
import { processTerminal } from '../../../src/cli/io/terminal.js';

// One per process, as in the command: each listens to the standard streams.
const standard = processTerminal();
const spec = programSpec(() => Promise.resolve(0));
const pages = [
  [],
  ...spec.groups.flatMap(({ name, commands }) => [[name], ...commands.map((command) => [name, command.name])]),
  ...spec.commands.map(({ name }) => [name]),
];

let [page, width] = ['', 0];
const terminal = { ...standard, out: (text: string) => void (page += text), outColumns: () => width };
const program = buildProgram(spec, terminal, () => Promise.resolve());

async function help(words: readonly string[], columns: number): Promise<string> {
  [page, width] = ['', columns];
  await program.parseAsync([...words, '--help'], { from: 'user' }).catch(() => undefined);
  return page;
}

test.each([[60], [80], [132]])('no line of any help page is longer than %i columns', async (columns) => {
  for (const words of pages) {
    const text = await help(words, columns);
    expect(text, words.join(' ')).toContain('Usage: sdc');
    for (const line of text.split('\n')) {
      expect(line.length, line).toBeLessThanOrEqual(columns);
    }
  }
});

test('examples can be copied from the narrowest page: a backslash ends each line but the last', async () => {
  for (const words of pages.filter(({ length }) => length > 0)) {
    const wide = (await help(words, 500)).replaceAll(/ +/gu, ' ');
    const narrow = (await help(words, 60)).replaceAll(/ \\\n +/gu, ' ').replaceAll(/ +/gu, ' ');
    for (const [example] of wide.matchAll(/\$ sdc .*/gu)) expect(narrow).toContain(example);
  }
});
