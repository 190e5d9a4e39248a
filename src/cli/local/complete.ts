import { script } from '@bomb.sh/tab';
import type { CommandSpec } from '../command/spec.js';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** `sdc complete`: prints the script that lets a shell ask `sdc complete -- <words>` (see completion.ts). */
export const complete: CommandSpec = {
  name: 'complete',
  summary: 'print the completion script of a shell',
  arguments: [{ flags: '<shell>', text: 'which one', choices: SHELLS }],
  examples: [
    ['source <(sdc complete bash)', 'for the start-up file of bash (needs bash-completion); zsh alike'],
    ['sdc complete fish | source', 'for fish'],
  ],
  run: async ({ input }) => {
    script(input.argument('shell'), 'sdc', 'sdc');
  },
};
