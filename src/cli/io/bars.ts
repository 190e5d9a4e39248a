import { clearScreenDown } from 'node:readline';
import { MultiBar, type Options, type SingleBar } from 'cli-progress';
import { barText, drawn } from './bar-text.js';
import type { Terminal } from './terminal.js';

/** What is shown while something is going on; texts are written above it, whole. */
export interface View {
  readonly result: (text: string) => void;
  readonly message: (text: string) => void;
  /** Gives the terminal back. */
  readonly stop: () => void;
}

/** Nothing is shown. */
export function plain({ out, err }: Terminal): View {
  return { result: out, message: err, stop: () => undefined };
}

/** Bars at the bottom of the terminal. */
export class Bars {
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
  if (steps !== '') {
    const bar = Math.max(6, Math.min(24, columns - `${field('verb')} [] ${steps} `.length));
    return `${field('verb')} ${drawn(progress, bar)} ${steps}`.slice(0, columns - 1);
  }
  return barText({ verb: field('verb'), name: field('name'), progress, rest: field('rest') }, columns);
}
