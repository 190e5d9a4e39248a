import { MultiBar, type SingleBar } from 'cli-progress';
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

function makeBars(terminal: Terminal, verb: string): MultiBar {
  return new MultiBar({
    format: `${verb} {name} [{bar}] {percentage}% of {size}{count}`,
    stream: terminal.messages,
    barCompleteChar: '=',
    barIncompleteChar: '-',
    barsize: 24,
    hideCursor: true,
    autopadding: true,
    emptyOnZero: true,
    clearOnComplete: false,
    stopOnComplete: false,
    gracefulExit: false,
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
