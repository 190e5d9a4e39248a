import type { Logger } from '../../types.js';
import { createPrompter } from '../io/prompt.js';
import { showProgress, showSteps } from '../io/progress.js';
import type { Terminal } from '../io/terminal.js';
import type { Cell, Column } from '../output/columns.js';
import { FORMATS, printRows } from '../output/print.js';
import type { Settings } from '../settings/resolve.js';
import type { Context } from './context.js';
import { defined } from './defined.js';
import type { Input } from './input.js';
import { Outcome } from './outcome.js';

/** Puts together what a command works with. */
export function createContext(terminal: Terminal, input: Input, settings: Settings, signal: AbortSignal): Context {
  const silent = input.flag('silent');
  const format = input.choice('output', FORMATS) ?? 'table';
  const seconds = input.number('timeout');
  const line = (text: string, write: (text: string) => void): void => {
    if (!silent && format === 'table') write(text);
  };
  return {
    input,
    terminal,
    prompter: createPrompter(terminal),
    settings,
    format,
    silent,
    signal,
    outcome: new Outcome(),
    client: defined({
      timeoutMs: seconds === undefined ? undefined : seconds * 1000,
      retries: input.number('retries') ?? input.number('maxRetries'),
      logger: createLogger(terminal, input),
    }),
    note: (text) => {
      if (!silent) terminal.err(`${text}\n`);
    },
    warn: (text) => terminal.err(`warning: ${text}\n`),
    line: (text) => line(text, (words) => terminal.out(`${words}\n`)),
    result: async (sentence, row) => {
      if (format === 'table') line(sentence, (words) => terminal.out(`${words}\n`));
      else await printRows(terminal, format, columnsOf(row), [row]);
    },
    rows: (columns, rows, json) => printRows(terminal, format, columns, rows, json),
    steps: async (verb, work) => {
      const view = showSteps(terminal, verb, silent);
      try {
        return await work(view.step);
      } finally {
        view.stop();
      }
    },
    progress: async (verb, work) => {
      const view = showProgress(terminal, verb, silent);
      try {
        return await work({ onProgress: view.onProgress, line: (text) => line(text, view.line) });
      } finally {
        view.stop();
      }
    },
  };
}

function columnsOf(row: Readonly<Record<string, Cell>>): Column<typeof row>[] {
  return Object.keys(row).map((name) => ({ name, value: (cells) => cells[name] }));
}

/** Without an option the clients' own `SDC_LOG` rules. */
function createLogger(terminal: Terminal, input: Input): Logger | undefined {
  const print =
    (level: string) =>
    (message: string, fields?: Record<string, unknown>): void => {
      const rest = fields === undefined ? '' : ` ${JSON.stringify(fields)}`;
      terminal.err(`${level}: ${message}${rest}\n`);
    };
  const [debug, info, warn, error] = [print('debug'), print('info'), print('warning'), print('error')];
  if (input.flag('debug')) return { debug, info, warn, error };
  return input.flag('verbose') ? { info, warn, error } : undefined;
}
