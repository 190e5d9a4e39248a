import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

/** Adds `sdc complete <shell>`, which prints the completion script of a shell. */
export function addCompletion(program: Command): void {
  tab(program);
}
