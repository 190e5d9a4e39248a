import type { Interrupt, Terminal } from '../io/terminal.js';
import type { Values } from '../settings/own-file.js';
import { createSettings, loadSettings } from '../settings/resolve.js';
import type { Context } from './context.js';
import { createContext } from './create-context.js';
import { commonExitCode, EXIT, exitCodeOf } from './exit-codes.js';
import { createReporter, type Reporter } from './reporter.js';
import type { Runner } from './program.js';

const ENDED_BY: Readonly<Record<Interrupt, number>> = {
  SIGHUP: EXIT.hungUp,
  SIGINT: EXIT.interrupted,
  SIGTERM: EXIT.terminated,
};

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
  [spec, input, group, words]: Parameters<Runner>,
  terminal: Terminal,
  given?: Values,
): Promise<number> {
  const controller = new AbortController();
  const stop = terminal.onInterrupt((signal) => {
    const code = ENDED_BY[signal];
    if (controller.signal.aborted) terminal.quit(code);
    controller.abort(new Interrupted(code));
  });
  const reporter = createReporter(input, terminal.err, words);
  let context: Context | undefined;
  try {
    const settings =
      given === undefined
        ? await loadSettings(input, group, reporter.warn)
        : createSettings({ input, group, own: given, python: new Map(), environment: () => undefined });
    context = createContext({ terminal, input, settings, words, signal: controller.signal });
    await spec.run(context);
    const { failures, total } = context.outcome;
    if (failures.length > 0) reporter.failures(failures, total);
    close(context, reporter, 0);
    return failures.length === 0 ? EXIT.done : commonExitCode(failures.map(({ error }) => error));
  } catch (error) {
    const code = explain(error, reporter, controller.signal);
    if (context !== undefined) close(context, reporter, 1);
    return code;
  } finally {
    stop();
  }
}

/** The line that closes a transfer; with `--silent` only where something failed. */
function close({ closing, outcome, silent }: Context, reporter: Reporter, leastFiles: number): void {
  const failed = outcome.failures.length;
  const counts = closing.counts(failed);
  if (counts !== undefined && counts.files >= leastFiles && (!silent || failed > 0)) reporter.close(counts);
}

function explain(error: unknown, reporter: Reporter, signal: AbortSignal): number {
  const reason: unknown = signal.reason;
  if (signal.aborted && reason instanceof Interrupted) {
    reporter.interrupted(reason.exitCode);
    return reason.exitCode;
  }
  const code = exitCodeOf(error);
  reporter.error(
    error,
    code,
    code === EXIT.temporary ? 'this may be temporary: try the same command again later' : undefined,
  );
  return code;
}
