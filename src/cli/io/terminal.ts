import type { Readable } from 'node:stream';
import { outlivesTerminal } from './hangup.js';
import { messageWriter, resultWriter, type StreamState } from './streams.js';

/** Where a command reads and writes. Only the files of this folder touch the process. */
export interface Terminal {
  /** Whether the results go to a terminal. */
  readonly outIsTerminal: boolean;
  /** Whether messages and progress go to a terminal. */
  readonly errIsTerminal: boolean;
  /** Whether somebody can be asked. */
  readonly inIsTerminal: boolean;
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly messages: NodeJS.WriteStream;
  /** Writes results. */
  readonly out: (text: string) => void;
  /** Writes messages. */
  readonly err: (text: string) => void;
  /** Columns of what is written to either stream: those of the terminal, elsewhere 80. */
  readonly outColumns: () => number;
  readonly errColumns: () => number;
  /** Whether the results have no reader any more. */
  readonly isReaderGone: () => boolean;
  /** Calls the listener for Ctrl-C and the like; returns how to stop listening. */
  onInterrupt(listener: (signal: Interrupt) => void): () => void;
  /** Ends the process now. */
  quit(code: number): never;
}

/** What ends a running command from outside. */
export type Interrupt = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const state: StreamState = { readerGone: false, failed: false };

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  const err = messageWriter(stderr);
  return {
    outIsTerminal: stdout.isTTY,
    errIsTerminal: stderr.isTTY,
    inIsTerminal: stdin.isTTY,
    outColumns: () => columnsOf(stdout),
    errColumns: () => columnsOf(stderr),
    isReaderGone: () => state.readerGone,
    input: stdin,
    messages: stderr,
    out: resultWriter(stdout, state, (text) => {
      err(text);
      process.exitCode = 1;
    }),
    err,
    onInterrupt: (listener) => {
      const outlives = outlivesTerminal();
      const heard = (signal: Interrupt): void => {
        if (signal !== 'SIGHUP' || !outlives) listener(signal);
      };
      for (const signal of SIGNALS) process.on(signal, heard);
      return () => {
        for (const signal of SIGNALS) process.off(signal, heard);
      };
    },
    quit: (code) => process.exit(code),
  };
}

/** Some terminals do not say how wide they are, or say 0. */
function columnsOf({ isTTY, columns }: NodeJS.WriteStream): number {
  return isTTY && columns >= 20 ? columns : 80;
}

/** What was typed, without the program's own name. */
export function givenArguments(): string[] {
  return process.argv.slice(2);
}

/** Sets the exit code; the process ends once all that was written is out. Results that were lost are a failure. */
export function setExitCode(code: number): void {
  process.exitCode = code === 0 && state.failed ? 1 : code;
}
