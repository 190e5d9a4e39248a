import { CommanderError } from 'commander';
import { expandLine } from './command/command-line.js';
import { buildProgram } from './command/program.js';
import { EXIT } from './command/exit-codes.js';
import { runCommand } from './command/run-command.js';
import { completionText, suggest } from './command/completion.js';
import { programSpec } from './commands.js';
import type { Terminal } from './io/terminal.js';
import type { Values } from './settings/own-file.js';

/**
 * Runs a command line; resolves to the exit code.
 *
 * @param settings - Instead of those of environment and files; for the demonstration.
 */
export async function runLine(args: readonly string[], terminal: Terminal, settings?: Values): Promise<number> {
  let code: number = EXIT.done;
  const program = buildProgram(programSpec(runLine), terminal, async (...command) => {
    code = await runCommand(command, terminal, settings);
  });
  if (args[0] === 'complete' && args[1] === '--') {
    terminal.out(completionText(suggest(program, args.slice(2))));
    return code;
  }
  try {
    await program.parseAsync(expandLine(program, args), { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
}
