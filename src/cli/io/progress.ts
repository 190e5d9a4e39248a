import type { SingleBar } from 'cli-progress';
import type { TransferProgress } from '../../types.js';
import { size } from '../output/size.js';
import { Bars, plain, type View } from './bars.js';
import type { Terminal } from './terminal.js';

/** Progress of transfers: bars on a terminal, nothing elsewhere. */
export interface ProgressView extends View {
  /** For the option of the same name. */
  readonly onProgress: (progress: TransferProgress) => void;
}

/** Progress of work in steps, such as the pages of a listing; the bar is gone at the end, results take its place. */
export interface StepView extends View {
  /** So many of so many are done. Nothing is shown while there is one only. */
  readonly step: (done: number, total: number) => void;
}

/** Starts showing progress; bars appear with the first file. */
export function showProgress(terminal: Terminal, verb: string, silent: boolean): ProgressView {
  if (silent || !terminal.errIsTerminal) return { onProgress: () => undefined, ...plain(terminal) };
  const bars = new Bars(terminal, false);
  const open = new Map<string, SingleBar>();
  return {
    onProgress: ({ name, bytes, totalBytes, filesDone, filesTotal }) => {
      const known = totalBytes !== undefined;
      const total = Math.max(totalBytes ?? bytes, 1);
      const count = filesTotal === undefined || filesTotal < 2 ? '' : ` (${filesDone}/${filesTotal} files)`;
      const rest = `of ${known ? size(total) : `${size(bytes)} so far`}${count}`;
      const bar = open.get(name) ?? bars.add(total);
      open.set(name, bar);
      bar.setTotal(total);
      bar.update(known ? Math.min(bytes, total) : 0, { verb, name, rest });
      if (known && bytes >= total && open.size > 1) {
        bars.remove(bar);
        open.delete(name);
      }
    },
    ...bars.view(),
  };
}

/** Starts showing steps; nothing but on a terminal. */
export function showSteps(terminal: Terminal, verb: string, silent: boolean): StepView {
  if (silent || !terminal.errIsTerminal) return { step: () => undefined, ...plain(terminal) };
  const bars = new Bars(terminal, true);
  let bar: SingleBar | undefined;
  return {
    step: (done, total) => {
      if (total < 2) return;
      bar ??= bars.add(total);
      bar.setTotal(total);
      bar.update(done, { verb, steps: `${done}/${total}` });
    },
    ...bars.view(),
  };
}
