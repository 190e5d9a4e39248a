import { EXIT } from './command/exit-codes.js';
import { givenArguments, processTerminal, setExitCode } from './io/terminal.js';
import { runLine } from './run.js';

const terminal = processTerminal();
runLine(givenArguments(), terminal).then(setExitCode, (error: unknown) => {
  terminal.err(
    `sdc has a defect; please report this:\n${error instanceof Error ? (error.stack ?? '') : String(error)}\n`,
  );
  setExitCode(EXIT.failed);
});
