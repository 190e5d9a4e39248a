import type { ProgramSpec } from './command/program.js';
import { hmiGroup } from './hmi/group.js';
import { imapGroup } from './imap/group.js';
import { doctor } from './doctor/doctor.js';
import { complete } from './local/complete.js';
import { config } from './local/config.js';
import { examples } from './local/examples.js';
import type { NoteList } from './command/spec.js';
import { demoCommand, type LineRunner } from './local/demo.js';
import { simulate } from './local/simulate.js';
import { verify } from './local/verify.js';
import { show } from './show/show.js';
import { sccGroup } from './scc/group.js';
import { scopsGroup } from './scops/group.js';

const NOTES: readonly NoteList[] = [
  {
    heading: 'Exit codes:',
    items: [
      ['0', 'success'],
      ['1', 'something failed'],
      ['2', 'wrong usage or settings'],
      ['3', 'not found'],
      ['4', 'login refused'],
      ['5', 'refused by the centre'],
      ['75', 'temporary failure: try again later'],
      ['129', 'stopped because the terminal was closed'],
      ['130', 'stopped by Ctrl-C'],
      ['143', 'stopped by the system'],
    ],
  },
  {
    heading: 'Completion: add this line to the start-up file of your shell',
    items: [['source <(sdc complete bash)', 'also: zsh, fish, powershell']],
  },
  {
    heading: 'Examples:',
    items: [
      ['$ sdc scc login', 'set up the SCC on this machine'],
      ['$ sdc scc list --station aky', 'list the measurements of a station'],
      ['$ sdc show FILE', 'see what is in a file'],
      ['$ sdc demo', 'see it work, with simulated centres'],
      ['$ sdc examples', 'get programs and sample data to start from'],
    ],
  },
];

/** All commands. */
export function programSpec(runLine: LineRunner): ProgramSpec {
  return {
    groups: [sccGroup, imapGroup, hmiGroup, scopsGroup],
    commands: [show, verify, doctor, config, simulate, demoCommand(runLine), examples, complete],
    notes: NOTES,
  };
}
