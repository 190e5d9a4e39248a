import type { Logger } from '../../types.js';
import { createPrompter } from '../io/prompt.js';
import type { View } from '../io/bars.js';
import { showProgress, showSteps } from '../io/progress.js';
import { showRun } from '../io/run-progress.js';
import type { Cell, Column } from '../output/columns.js';
import { NAME_CASES } from '../output/name-case.js';
import { FORMATS, printJson, printRows } from '../output/print.js';
import { Closing } from './closing.js';
import type { Context } from './context.js';
import { defined } from './defined.js';
import type { Input } from './input.js';
import { Outcome } from './outcome.js';
import type { Vocabulary } from './command-words.js';
import { createReporter, type Reporter } from './reporter.js';

interface Given extends Pick<Context, 'terminal' | 'input' | 'settings' | 'signal'> {
  readonly words: Vocabulary;
}

/** Puts together what a command works with. */
export function createContext({ terminal, input, settings, words, signal }: Given): Context {
  const silent = input.flag('silent');
  const format = input.choice('output', FORMATS) ?? 'table';
  const form = { format, nameCase: input.choice('jsonCase', NAME_CASES) };
  const milliseconds = (option: string): number | undefined => {
    const seconds = input.number(option);
    return seconds === undefined ? undefined : seconds * 1000;
  };
  let shown: View | undefined;
  const reporter = createReporter(
    input,
    (text) => {
      if (shown === undefined) terminal.err(text);
      else shown.message(text);
    },
    words,
  );
  const print = (text: string): void => {
    if (shown === undefined) terminal.out(`${text}\n`);
    else shown.result(`${text}\n`);
  };
  const answer = (text: string): void => {
    if (format === 'table') print(text);
  };
  const line = (text: string): void => {
    if (!silent) answer(text);
  };
  const showing = async <V extends View, T>(view: V, work: (view: V) => Promise<T>): Promise<T> => {
    const before = shown;
    shown = view;
    try {
      return await work(view);
    } finally {
      view.stop();
      shown = before;
    }
  };
  return {
    input,
    terminal,
    prompter: createPrompter(terminal, signal),
    settings,
    format,
    silent,
    signal,
    outcome: new Outcome(),
    closing: new Closing(),
    reporter,
    client: defined({
      timeoutMs: milliseconds('timeout'),
      idleTimeoutMs: milliseconds('idleTimeout'),
      proxy: proxyOf(input.text('proxy')),
      retries: input.number('retries') ?? input.number('maxRetries'),
      logger: createLogger(reporter, input),
    }),
    note: reporter.note,
    warn: reporter.warn,
    line,
    answer,
    result: async (sentence, row) => {
      if (format === 'table') line(sentence);
      else await printRows(terminal, form, columnsOf(row), [row]);
    },
    rows: (columns, rows, json) => printRows(terminal, form, columns, rows, json),
    document: (value) => printJson(terminal, value, form.nameCase),
    steps: (verb, work) => showing(showSteps(terminal, verb, silent), ({ step }) => work(step)),
    progress: (verb, work) => showing(showProgress(terminal, verb, silent), work),
    run: (verb, work) => showing(showRun(terminal, verb, silent, reporter.note), work),
  };
}

function columnsOf(row: Readonly<Record<string, Cell>>): Column<typeof row>[] {
  return Object.keys(row).map((name) => ({ name, value: (cells) => cells[name] }));
}

function proxyOf(given: string | undefined): string | false | undefined {
  return given === 'none' ? false : given;
}

/** Without an option the clients' own `SDC_LOG` rules. */
function createLogger({ log }: Reporter, input: Input): Logger | undefined {
  const print =
    (level: Parameters<Reporter['log']>[0]) =>
    (message: string, fields?: Record<string, unknown>): void =>
      log(level, message, fields);
  const [debug, info, warn, error] = [print('debug'), print('info'), print('warning'), print('error')];
  if (input.flag('debug')) return { debug, info, warn, error };
  return input.flag('verbose') ? { info, warn, error } : undefined;
}
