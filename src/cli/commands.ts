import type { ProgramSpec } from './command/program.js';
import { hmiGroup } from './hmi/group.js';
import { imapGroup } from './imap/group.js';
import { complete } from './local/complete.js';
import { config } from './local/config.js';
import { demoCommand, type LineRunner } from './local/demo.js';
import { simulate } from './local/simulate.js';
import { sccGroup } from './scc/group.js';
import { scopsGroup } from './scops/group.js';

const NOTES = `Exit codes:
  0 everything was done      3 not found             75 may pass: try again later
  1 something failed         4 login refused        130 ended by Ctrl-C
  2 wrong usage or settings  5 refused by the centre

Completion: add to the start-up file of your shell
  source <(sdc complete bash)        also: zsh, fish, powershell

Examples:
  $ sdc scc login                    set up the SCC on this machine
  $ sdc scc search 2021-06-01 2021-07-01 --location aky
  $ sdc demo                         see it work, with simulated centres`;

/** All commands. */
export function programSpec(runLine: LineRunner): ProgramSpec {
  return {
    groups: [sccGroup, imapGroup, hmiGroup, scopsGroup],
    commands: [config, simulate, demoCommand(runLine), complete],
    notes: NOTES,
  };
}
