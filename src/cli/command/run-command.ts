import type { Terminal } from '../io/terminal.js';
import { printJson } from '../output/print.js';
import type { Values } from '../settings/own-file.js';
import { createSettings, loadSettings } from '../settings/resolve.js';
import type { Context } from './context.js';
import { createContext } from './create-context.js';
import { commonExitCode, EXIT, exitCodeOf } from './exit-codes.js';
import type { Input } from './input.js';
import { detailsOf, summaryOf, wordsOf } from './messages.js';
import type { CommandSpec } from './spec.js';

/** The command was ended from outside. */
class Interrupted extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super('interrupted');
    this.name = 'Interrupted';
    this.exitCode = exitCode;
  }
}

/**
 * Runs one command from settings to summary; resolves to the exit code.
 *
 * @param given - Settings instead of those of environment and files.
 */
export async function runCommand(
  spec: CommandSpec,
  input: Input,
  group: string,
  terminal: Terminal,
  given?: Values,
): Promise<number> {
  const controller = new AbortController();
  const stop = terminal.onInterrupt((signal) => {
    const code = signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
    if (controller.signal.aborted) terminal.quit(code);
    controller.abort(new Interrupted(code));
  });
  try {
    const warn = (text: string): void => terminal.err(`warning: ${text}\n`);
    const settings =
      given === undefined
        ? await loadSettings(input, group, warn)
        : createSettings({ input, group, own: given, python: new Map(), environment: () => undefined });
    const context = createContext(terminal, input, settings, controller.signal);
    await spec.run(context);
    return finish(context);
  } catch (error) {
    return explain(error, terminal, input, controller.signal);
  } finally {
    stop();
  }
}

/** Everything was tried: the exit code says whether everything was done. */
function finish({ outcome, terminal, input }: Context): number {
  const { failures, total } = outcome;
  if (failures.length === 0) return EXIT.done;
  terminal.err(`${summaryOf(failures, total)}\n`);
  if (input.flag('debug')) for (const { error } of failures) terminal.err(`${detailsOf(error)}\n`);
  return commonExitCode(failures.map(({ error }) => error));
}

function explain(error: unknown, terminal: Terminal, input: Input, signal: AbortSignal): number {
  const reason: unknown = signal.reason;
  if (signal.aborted && reason instanceof Interrupted) {
    terminal.err('interrupted; what was downloaded in part is kept, and the same command continues it\n');
    return reason.exitCode;
  }
  const code = exitCodeOf(error);
  if (input.text('output') === 'json') printJson({ ...terminal, out: terminal.err }, { error, exitCode: code });
  else terminal.err(`error: ${wordsOf(error)}\n`);
  if (code === EXIT.temporary) terminal.err('this may pass: try the same command again later\n');
  if (input.flag('debug')) terminal.err(`${detailsOf(error)}\n`);
  return code;
}
