import { expect, test } from 'vitest';
import { VERSION } from '../../../src/core/config/version.js';
import { programSpec } from '../../../src/cli/commands.js';
import { expected, sdc } from './run.js';

const { groups, commands } = programSpec(() => Promise.resolve(0));
const lines = [
  [],
  ...groups.flatMap(({ name, commands: own }) => [[name], ...own.map((command) => [name, command.name])]),
  ...commands.map(({ name }) => [name]),
];

test.each(lines)('help of: sdc %s %s', async (...words) => {
  const { code, out, err } = await sdc([...words, '--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  await expect(out).toMatchFileSnapshot(expected(`help/${words.length === 0 ? 'sdc' : words.join('-')}.txt`));
});

test('without a command the help is shown and the exit code is that of wrong usage', async () => {
  const { code, out, err } = await sdc([]);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain('Usage: sdc');
});

test.each([
  [['frob']],
  [['scc', 'frob']],
  [['scc', 'search', '2021-06-01']],
  [['imap', 'reprocess', '--end-date', '20260101']],
])('wrong usage ends with exit code 2 and says how to get help: %s', async (args) => {
  const { code, out, err } = await sdc(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^error: .*\n\(add --help for usage\)/u);
});

test.each([[['--version']], [['imap', '--version']]])('%s prints the version', async (args) => {
  expect(await sdc(args)).toEqual({ code: 0, out: `${VERSION}\n`, err: '' });
});
