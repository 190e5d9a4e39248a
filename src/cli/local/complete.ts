import { script } from '@bomb.sh/tab';
import type { CommandSpec } from '../command/spec.js';
import { COMPLETION_SCRIPTS } from './completion-scripts.js';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** `sdc complete`: prints the script that lets a shell ask `sdc complete -- <words>` (see completion.ts). */
export const complete: CommandSpec = {
  name: 'complete',
  summary: 'print the completion script for a shell',
  arguments: [{ flags: '<shell>', text: 'which one', choices: SHELLS }],
  examples: [
    ['source <(sdc complete bash)', 'for the start-up file of bash; likewise for zsh'],
    ['sdc complete fish | source', 'for fish'],
  ],
  run: async ({ input, terminal }) => {
    const shell = input.argument('shell');
    const own = Object.entries(COMPLETION_SCRIPTS).find(([name]) => name === shell);
    if (own === undefined) script(shell, 'sdc', 'sdc');
    else terminal.out(own[1]);
  },
};
