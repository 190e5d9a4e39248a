import type { SingleBar } from 'cli-progress';
import type { TransferProgress } from '../../types.js';
import { monotonic } from '../../core/util/time.js';
import { Bars, plain } from './bars.js';
import type { ProgressView } from './progress.js';
import { RunTotals } from './run-totals.js';
import type { Terminal } from './terminal.js';

/** So often a log hears of a long run. */
const LOGGED_EVERY_MS = 30_000;

/**
 * Starts showing how far a run of many files is as a whole: one bar on a terminal, elsewhere a line now and then.
 *
 * @param note - Takes the lines.
 */
export function showRun(terminal: Terminal, verb: string, silent: boolean, note: (line: string) => void): ProgressView {
  if (silent) return { onProgress: () => undefined, ...plain(terminal) };
  const totals = new RunTotals();
  if (!terminal.errIsTerminal) {
    let saidMs = monotonic();
    const onProgress = (progress: TransferProgress): void => {
      totals.take(progress);
      if (monotonic() - saidMs < LOGGED_EVERY_MS) return;
      saidMs = monotonic();
      note(`${verb}: ${totals.text}`);
    };
    return { onProgress, ...plain(terminal) };
  }
  const bars = new Bars(terminal, false);
  let bar: SingleBar | undefined;
  return {
    onProgress: (progress) => {
      totals.take(progress);
      bar ??= bars.add(1);
      bar.update(totals.share, { verb, steps: totals.text });
    },
    ...bars.view(),
  };
}
