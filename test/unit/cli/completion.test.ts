import { expect, test } from 'vitest';
import { programSpec } from '../../../src/cli/commands.js';
import { suggest } from '../../../src/cli/command/completion.js';
import { buildProgram } from '../../../src/cli/command/program.js';
import { processTerminal } from '../../../src/cli/io/terminal.js';

const program = buildProgram(
  programSpec(() => Promise.resolve(0)),
  processTerminal(),
  () => Promise.resolve(),
);

/** What fits at the end of a line, `|` being files. */
function fits(line: string): string[] {
  const { words, files } = suggest(program, line.split(' '));
  return [...words.map(({ word }) => word), ...(files ? ['|'] : [])];
}

test.each([
  ['s', ['scc', 'scops', 'show', 'simulate']],
  ['scc scc-rerun --proc', ['--process']],
  ['scc upl', ['upload-file', 'upload']],
  ['simulate ', ['scc', 'imap', 'hmi', 'scops']],
  ['simulate scc ', []],
  ['demo scc s', ['scc', 'scops']],
  ['imap query --table s', ['science', 'spice']],
  ['imap query --table=s', ['--table=science', '--table=spice']],
  ['imap --data_dir ', ['|']],
  ['imap download a.cdf ', ['|']],
  ['scc upload-file ', ['|']],
  ['scc upload-file a.nc ', []],
  ['scc upload-file --radiosounding ', ['|']],
  ['scc upload-file --delay 3 ', ['|']],
  ['scc search 2021-06-01 ', []],
  ['scc search-download 2021-06-01 2021-06-02 ', ['|']],
  ['hmi download --output j', ['json']],
])('"%s" is completed by %j', (line, words) => {
  expect(fits(line)).toEqual(words);
});

test('options that all commands have are offered everywhere', () => {
  for (const line of ['--', 'scc --', 'scc list --', 'config --']) expect(fits(line)).toContain('--silent');
});
