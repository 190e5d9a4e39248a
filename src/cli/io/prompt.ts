import { onAbort, untilAborted } from '../../core/util/signal.js';
import type { Terminal } from './terminal.js';

/** Asks for texts: on a terminal with a prompt, elsewhere line by line from the standard input. */
export interface Prompter {
  /** `hidden`: what is typed is not shown. */
  ask(question: string, options?: { readonly hidden?: boolean; readonly fallback?: string }): Promise<string>;
}

/** The user pressed Ctrl-C at a question. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}

/** Makes a prompter; the questions go where messages go, so that results can be piped. The signal ends a question. */
export function createPrompter(terminal: Terminal, signal: AbortSignal): Prompter {
  const prompter = terminal.inIsTerminal ? terminalPrompter(terminal) : linePrompter(terminal);
  return {
    ask: async (question, options) => {
      // What still waits for input would keep the process alive.
      const release = onAbort(signal, () => void terminal.input.destroy());
      try {
        return await untilAborted(prompter.ask(question, options), signal);
      } finally {
        release();
      }
    },
  };
}

function terminalPrompter(terminal: Terminal): Prompter {
  return {
    async ask(question, { hidden = false, fallback } = {}) {
      const { read } = await import('read');
      try {
        const answer = await read({
          prompt: `${question}:`,
          silent: hidden,
          input: terminal.input,
          output: terminal.messages,
          ...(fallback !== undefined && { default: fallback }),
        });
        if (hidden) terminal.err('\n');
        return answer;
      } catch {
        terminal.err('\n');
        throw new Cancelled();
      }
    },
  };
}

/** For scripts: answers come from the standard input, one a line, in the order of the questions. */
function linePrompter(terminal: Terminal): Prompter {
  let lines: Promise<string[]> | undefined;
  let next = 0;
  return {
    async ask(question, { fallback } = {}) {
      lines ??= readLines(terminal);
      const answer = (await lines)[next] ?? '';
      next += 1;
      if (answer !== '') return answer;
      if (fallback !== undefined) return fallback;
      throw new TypeError(`no answer to "${question}": standard input has ended`);
    },
  };
}

async function readLines(terminal: Terminal): Promise<string[]> {
  let text = '';
  for await (const chunk of terminal.input.setEncoding('utf8')) text += String(chunk);
  return text.split(/\r?\n/u);
}
