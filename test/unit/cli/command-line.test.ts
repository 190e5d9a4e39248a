import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { expandLine } from '../../../src/cli/command/command-line.js';
import { buildProgram } from '../../../src/cli/command/program.js';
import { programSpec } from '../../../src/cli/commands.js';
import { processTerminal } from '../../../src/cli/io/terminal.js';

let said = '';
const terminal = { ...processTerminal(), out: () => undefined, err: (text: string) => void (said += text) };
const program = buildProgram(
  programSpec(() => Promise.resolve(0)),
  terminal,
  () => Promise.resolve(),
);
const expand = (line: string): string => expandLine(program, line.split(' ')).join(' ');

test.each([
  // with _ or -
  ['scc upload-file x 437 --force_upload', 'scc upload-file x 437 --force-upload'],
  ['scc list --id_exact=a_b', 'scc list --id-exact=a_b'],
  ['scc list --id_exact a_b -d', 'scc list --id-exact a_b -d'],
  ['scc delete a -- --not_an_option', 'scc delete a -- --not_an_option'],
  // beginnings
  ['scc upload-file x.nc 437 --force', 'scc upload-file x.nc 437 --force-upload'],
  ['scc upload-file x.nc 437 --radio r.nc', 'scc upload-file x.nc 437 --radiosounding r.nc'],
  ['scc upload-file x.nc 437 --radio=r.nc --proc', 'scc upload-file x.nc 437 --radiosounding=r.nc --process'],
  ['scc list --id_start 2021', 'scc list --id-startswith 2021'],
  ['scc scc-download out --ignore', 'scc scc-download out --ignore-errors'],
  ['scc search-download a b c --no-cl', 'scc search-download a b c --no-cloudmask'],
  [
    'imap --api x --deb query --instr mag --ingestion-s 20260101',
    'imap --api-key x --debug query --instrument mag --ingestion-start-date 20260101',
  ],
  ['imap reprocess --start_d 20260101 --end=20260102', 'imap reprocess --start-date 20260101 --end-date=20260102'],
  ['hmi list a b c --cad 60 --harp 1', 'hmi list a b c --cadence 60 --harpnum 1'],
  ['scops flight 2014 217 --allow --proj x', 'scops flight 2014 217 --allow-insecure --project x'],
  ['--sil config --se', '--silent config --set'],
  ['scc list --he', 'scc list --help'],
  // the whole name wins over a longer one that begins with it
  ['scc download x --output json', 'scc download x --output json'],
  ['imap query --version latest', 'imap query --version latest'],
  // values are values, whatever they begin with
  ['scc list --optical-processing-status --127', 'scc list --optical-processing-status --127'],
  ['scc search a b --location --over', 'scc search a b --location --over'],
  ['scc upload-file --force', 'scc upload-file --force-upload'],
  // nothing of this kind
  ['scc list --frob_it', 'scc list --frob-it'],
])('%s', (typed, understood) => {
  expect(expand(typed)).toBe(understood);
});

test.each([
  ['help scc', 'scc --help'],
  ['help scc upload', 'scc upload --help'],
  ['scc help upload', 'scc upload --help'],
  ['help', '--help'],
  // the parser reports the unknown command only where it does not find a wish for help
  ['frob --help', 'frob'],
  ['scc frob -h', 'scc frob'],
  ['--silent imap frob x --help', '--silent imap frob x'],
  ['help hmi frob', 'hmi frob'],
])('help of a command, or of none: %s', (typed, understood) => {
  expect(expand(typed)).toBe(understood);
});

test.each([
  ['scc upload-file x.nc 437 --over', ['--overlap', '--overwrite']],
  ['scc upload-file x.nc 437 --out json', ['--output', '--output-dir']],
  ['imap query --ingestion 20260101', ['--ingestion-start-date', '--ingestion-end-date']],
  ['hmi download a b c d --o skip', ['--output', '--overwrite']],
  ['scops submit 2014 217 --b', ['--bounds', '--band-math', '--base-url']],
])('a beginning that several options have is refused, and all are named: %s', (typed, names) => {
  said = '';
  expect(() => expand(typed)).toThrow(CommanderError);
  for (const name of names) expect(said).toContain(name);
  expect(said).toContain('is ambiguous');
});
