import { clearScreenDown } from 'node:readline';
import { MultiBar, type Options, type SingleBar } from 'cli-progress';
import type { TransferProgress } from '../../types.js';
import { size } from '../output/size.js';
import { barText, drawn } from './bar-text.js';
import type { Terminal } from './terminal.js';

/** What is shown while something is going on; texts are written above it, whole. */
export interface View {
  readonly result: (text: string) => void;
  readonly message: (text: string) => void;
  /** Gives the terminal back. */
  readonly stop: () => void;
}

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

function plain({ out, err }: Terminal): View {
  return { result: out, message: err, stop: () => undefined };
}

/** Bars at the bottom of the terminal. */
class Bars {
  readonly #terminal: Terminal;
  readonly #options: Options;
  #multi: MultiBar | undefined;
  readonly #waiting: (() => void)[] = [];

  constructor(terminal: Terminal, clearOnComplete: boolean) {
    this.#terminal = terminal;
    this.#options = {
      stream: terminal.messages,
      clearOnComplete,
      hideCursor: true,
      // Lines above may be longer than the terminal: it wraps them. Bars are made to fit.
      linewrap: true,
      forceRedraw: true,
      emptyOnZero: true,
      stopOnComplete: false,
      gracefulExit: false,
      format: (_options, { progress, maxWidth }, payload: unknown) => lineOf(payload, progress, maxWidth),
    };
  }

  add(total: number): SingleBar {
    if (this.#multi === undefined) {
      this.#multi = new MultiBar(this.#options);
      this.#multi.on('redraw-pre', () => {
        this.#flush();
      });
    }
    return this.#multi.create(total, 0, {});
  }

  remove(bar: SingleBar): void {
    this.#multi?.remove(bar);
  }

  view(): View {
    const { out, err, outIsTerminal } = this.#terminal;
    const above = (write: () => void): void => {
      if (this.#multi === undefined) write();
      else this.#waiting.push(write);
    };
    return {
      result: (text) => {
        if (outIsTerminal) above(() => out(text));
        else out(text);
      },
      message: (text) => {
        above(() => err(text));
      },
      stop: () => {
        // Lines that wait for the next redraw would be lost.
        this.#multi?.update();
        this.#multi?.stop();
        this.#multi = undefined;
      },
    };
  }

  /** The cursor is at the first bar: what waits goes there, and the bars are drawn again below. */
  #flush(): void {
    if (this.#waiting.length === 0) return;
    clearScreenDown(this.#terminal.messages);
    for (const write of this.#waiting.splice(0)) write();
  }
}

function lineOf(payload: unknown, progress: number, columns: number): string {
  const field = (name: string): string => {
    const value: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  const steps = field('steps');
  if (steps !== '') return `${field('verb')} ${drawn(progress, 24)} ${steps}`.slice(0, columns - 1);
  return barText({ verb: field('verb'), name: field('name'), progress, rest: field('rest') }, columns);
}
