import type { Readable } from 'node:stream';

/** Where a command reads and writes. This is the only file of the command line that touches the process. */
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
  /** Calls the listener for Ctrl-C and the like; returns how to stop listening. */
  onInterrupt(listener: (signal: Interrupt) => void): () => void;
  /** Ends the process now. */
  quit(code: number): never;
}

/** What ends a running command from outside. */
export type Interrupt = 'SIGINT' | 'SIGTERM';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  // A reader that has seen enough (`sdc … | head`) is no failure.
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  return {
    outIsTerminal: stdout.isTTY,
    errIsTerminal: stderr.isTTY,
    inIsTerminal: stdin.isTTY,
    input: stdin,
    messages: stderr,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    onInterrupt: (listener) => {
      for (const signal of SIGNALS) process.on(signal, listener);
      return () => {
        for (const signal of SIGNALS) process.off(signal, listener);
      };
    },
    quit: (code) => process.exit(code),
  };
}

/** What was typed, without the program's own name. */
export function givenArguments(): string[] {
  return process.argv.slice(2);
}

/** Sets the exit code; the process ends once all that was written is out. */
export function setExitCode(code: number): void {
  process.exitCode = code;
}
