import type { ProgramSpec } from './command/program.js';
import { hmiGroup } from './hmi/group.js';
import { imapGroup } from './imap/group.js';
import { complete } from './local/complete.js';
import { config } from './local/config.js';
import type { NoteList } from './command/spec.js';
import { demoCommand, type LineRunner } from './local/demo.js';
import { simulate } from './local/simulate.js';
import { sccGroup } from './scc/group.js';
import { scopsGroup } from './scops/group.js';

const NOTES: readonly NoteList[] = [
  {
    heading: 'Exit codes:',
    items: [
      ['0', 'everything was done'],
      ['1', 'something failed'],
      ['2', 'wrong usage or settings'],
      ['3', 'not found'],
      ['4', 'login refused'],
      ['5', 'refused by the centre'],
      ['75', 'may pass: try again later'],
      ['129', 'ended because the terminal was closed'],
      ['130', 'ended by Ctrl-C'],
      ['143', 'ended by the system'],
    ],
  },
  {
    heading: 'Completion: add to the start-up file of your shell',
    items: [['source <(sdc complete bash)', 'also: zsh, fish, powershell']],
  },
  {
    heading: 'Examples:',
    items: [
      ['$ sdc scc login', 'set up the SCC on this machine'],
      ['$ sdc scc list --station aky', 'measurements of a station'],
      ['$ sdc demo', 'see it work, with simulated centres'],
    ],
  },
];

/** All commands. */
export function programSpec(runLine: LineRunner): ProgramSpec {
  return {
    groups: [sccGroup, imapGroup, hmiGroup, scopsGroup],
    commands: [config, simulate, demoCommand(runLine), complete],
    notes: NOTES,
  };
}
