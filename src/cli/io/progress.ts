import { MultiBar, SingleBar } from 'cli-progress';
import type { TransferProgress } from '../../types.js';
import { size } from '../output/size.js';
import type { Terminal } from './terminal.js';

/** Progress of transfers: bars on a terminal, nothing elsewhere. */
export interface ProgressView {
  /** For the option of the same name. */
  readonly onProgress: (progress: TransferProgress) => void;
  /** Writes a line of results above the bars. */
  readonly line: (text: string) => void;
  /** Leaves the bars as they are and gives the terminal back. */
  stop(): void;
}

interface Bars {
  readonly multi: MultiBar;
  readonly open: Map<string, SingleBar>;
}

/** Starts showing progress; bars appear with the first file. */
export function showProgress(terminal: Terminal, verb: string, silent: boolean): ProgressView {
  if (silent || !terminal.errIsTerminal) {
    return { onProgress: () => undefined, line: (text) => terminal.out(`${text}\n`), stop: () => undefined };
  }
  let bars: Bars | undefined;
  const start = (): Bars => {
    bars ??= { multi: makeBars(terminal, verb), open: new Map() };
    return bars;
  };
  return {
    onProgress: (progress) => update(start(), progress),
    line: (text) => {
      if (bars === undefined || !terminal.outIsTerminal) terminal.out(`${text}\n`);
      else bars.multi.log(`${text}\n`);
    },
    stop: () => {
      // Lines that wait for the next redraw would be lost.
      bars?.multi.update();
      bars?.multi.stop();
      bars = undefined;
    },
  };
}

/** Progress of work in steps, such as the pages of a listing; the bar is gone at the end, results take its place. */
export interface StepView {
  /** So many of so many are done. Nothing is shown while there is one only. */
  readonly step: (done: number, total: number) => void;
  stop(): void;
}

/** Starts showing steps; nothing but on a terminal. */
export function showSteps(terminal: Terminal, verb: string, silent: boolean): StepView {
  if (silent || !terminal.errIsTerminal) return { step: () => undefined, stop: () => undefined };
  let bar: SingleBar | undefined;
  return {
    step: (done, total) => {
      if (total < 2) return;
      if (bar === undefined) {
        bar = new SingleBar({
          ...LOOK,
          format: `${verb} [{bar}] {value}/{total}`,
          stream: terminal.messages,
          clearOnComplete: true,
        });
        bar.start(total, 0);
      }
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => bar?.stop(),
  };
}

const LOOK = {
  barCompleteChar: '=',
  barIncompleteChar: '-',
  barsize: 24,
  hideCursor: true,
  autopadding: true,
  emptyOnZero: true,
  stopOnComplete: false,
  gracefulExit: false,
} as const;

function makeBars(terminal: Terminal, verb: string): MultiBar {
  return new MultiBar({
    format: `${verb} {name} [{bar}] {percentage}% of {size}{count}`,
    stream: terminal.messages,
    ...LOOK,
    clearOnComplete: false,
  });
}

function update({ multi, open }: Bars, progress: TransferProgress): void {
  const { name, bytes, totalBytes, filesDone, filesTotal } = progress;
  const total = Math.max(totalBytes ?? bytes, 1);
  const known = totalBytes !== undefined;
  const shown = {
    name: shorten(name),
    size: known ? size(total) : `${size(bytes)} so far`,
    count: filesTotal === undefined || filesTotal < 2 ? '' : ` (${filesDone}/${filesTotal} files)`,
  };
  let bar = open.get(name);
  if (bar === undefined) {
    bar = multi.create(total, 0, shown);
    open.set(name, bar);
  }
  bar.setTotal(total);
  bar.update(known ? Math.min(bytes, total) : 0, shown);
  if (known && bytes >= total && open.size > 1) {
    multi.remove(bar);
    open.delete(name);
  }
}

/** Long names keep their end, which tells files apart. */
function shorten(name: string, width = 40): string {
  return name.length <= width ? name : `…${name.slice(1 - width)}`;
}
