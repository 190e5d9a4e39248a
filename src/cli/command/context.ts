import type { ClientOptions, TransferProgress } from '../../types.js';
import type { Prompter } from '../io/prompt.js';
import type { Terminal } from '../io/terminal.js';
import type { Cell, Column } from '../output/columns.js';
import type { Format } from '../output/print.js';
import type { Settings } from '../settings/resolve.js';
import type { Closing } from './closing.js';
import type { Input } from './input.js';
import type { Outcome } from './outcome.js';
import type { Reporter } from './reporter.js';

/** Everything a command works with. */
export interface Context {
  readonly input: Input;
  readonly terminal: Terminal;
  readonly prompter: Prompter;
  readonly settings: Settings;
  readonly format: Format;
  readonly silent: boolean;
  readonly signal: AbortSignal;
  readonly outcome: Outcome;
  /** Counts the files of a command that transfers some. */
  readonly closing: Closing;
  readonly reporter: Reporter;
  /** Limits and logger for a client. */
  readonly client: ClientOptions;
  /** Says something that is no result; not with `--silent`. */
  readonly note: (text: string) => void;
  /** Says something that needs attention. */
  readonly warn: (text: string) => void;
  /** A line of results for people; not with `--silent`, nor where JSON or CSV was asked for. */
  readonly line: (text: string) => void;
  /** A line of results that stands nowhere else: with `--silent` too, but not where JSON or CSV was asked for. */
  readonly answer: (text: string) => void;
  /** The result of a command that makes nothing but itself done: a sentence for people, one row in JSON and CSV. */
  result(sentence: string, row: Readonly<Record<string, Cell>>): Promise<void>;
  /** Prints rows in the wanted format. */
  rows<T>(columns: readonly Column<T>[], rows: readonly T[], json?: (row: T) => unknown): Promise<void>;
  /** Prints one JSON document, with the names of its fields in the wanted case. */
  readonly document: (value: unknown) => void;
  /** Shows how many steps are done while `work` runs. */
  steps<T>(verb: string, work: (step: (done: number, total: number) => void) => Promise<T>): Promise<T>;
  /** Shows progress while `work` runs. */
  progress<T>(verb: string, work: (view: Progressing) => Promise<T>): Promise<T>;
  /** Shows how far a run of many files is as a whole; in a log, too. */
  run<T>(verb: string, work: (view: Progressing) => Promise<T>): Promise<T>;
}

/** What a piece of work with progress bars uses. */
export interface Progressing {
  readonly onProgress: (progress: TransferProgress) => void;
}
