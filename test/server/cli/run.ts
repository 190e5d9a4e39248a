import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { inject } from 'vitest';
import { runLine } from '../../../src/cli/run.js';
import { isFull } from '../../support/full.js';
import { tempDir } from '../../support/temp-dir.js';

/** What a run of the command left behind. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** How to run it. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What stands in the standard input; `null`: it stays open, and nothing comes. */
  readonly input?: string | null;
  readonly cwd?: string;
  /** Of a pseudo-terminal; default 100. */
  readonly columns?: number;
  /** Called with the process once it runs. */
  readonly during?: (child: ChildProcess) => Promise<void>;
}

/** An environment without any setting of whoever runs the tests. */
export function cleanEnvironment(home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = '' } = process.env;
  return { PATH, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), NO_COLOR: '1', COLUMNS: '80', ...more };
}

/**
 * Runs the command: the built one as a child process where the test deals with the process or everything is tested, otherwise
 * its sources in this process, which saves the start. What only a process of its own shows stands in processes.test.ts.
 */
export function sdc(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const needsProcess =
    options.during !== undefined || options.input === null || options.env?.NODE_OPTIONS !== undefined;
  return isFull || needsProcess ? sdcProcess(args, options) : sdcHere(args, options);
}

/** One at a time: environment and folder belong to the whole process. */
let turn: Promise<unknown> = Promise.resolve();

/** Runs the sources in this process, which finds what is installed in this project. */
export function sdcHere(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const cwd = options.cwd ?? tempDir();
  const ran = turn.then(() => withSurroundings(cwd, cleanEnvironment(cwd, options.env), () => runHere(args, options)));
  turn = ran.catch(() => undefined);
  return ran;
}

async function runHere(args: readonly string[], { input = '' }: RunOptions): Promise<Ran> {
  let [out, err] = ['', ''];
  const code = await runLine(args, {
    outIsTerminal: false,
    errIsTerminal: false,
    inIsTerminal: false,
    input: Readable.from([Buffer.from(input ?? '')]),
    messages: process.stderr,
    out: (text) => (out += text),
    err: (text) => (err += text),
    outColumns: () => 80,
    errColumns: () => 80,
    isReaderGone: () => false,
    onInterrupt: () => () => undefined,
    quit: (code) => {
      throw new Error(`the command ends the process with ${code}`);
    },
  });
  return { code, out, err };
}

async function withSurroundings<T>(cwd: string, env: Record<string, string>, work: () => Promise<T>): Promise<T> {
  const before = { cwd: process.cwd(), env: { ...process.env } };
  const replace = (values: NodeJS.ProcessEnv): void => {
    for (const name of Object.keys(process.env)) if (!(name in values)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, values);
  };
  replace(env);
  process.chdir(cwd);
  try {
    return await work();
  } finally {
    process.chdir(before.cwd);
    replace(before.env);
  }
}

/** Runs the built command as a child process. */
export async function sdcProcess(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const cwd = options.cwd ?? tempDir();
  const child = spawn(process.execPath, [inject('command'), ...args], {
    cwd,
    env: cleanEnvironment(cwd, options.env),
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  if (options.input !== null) child.stdin.end(options.input ?? '');
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  await options.during?.(child);
  return { code: await ended, out, err };
}

/** Whether `script` of util-linux is there, which gives a program a real terminal. */
export const hasPseudoTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes(
  'util-linux',
);

/** Runs the built command on a pseudo-terminal of 100 or so many columns. */
export async function sdcOnTerminal(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const cwd = options.cwd ?? tempDir();
  const quoted = [process.execPath, inject('command'), ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  const child = spawn('script', ['-qec', `stty cols ${options.columns ?? 100}; ${quoted.join(' ')}`, '/dev/null'], {
    cwd,
    env: cleanEnvironment(cwd, { TERM: 'xterm', ...options.env }),
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  await options.during?.(child);
  child.stdin.end();
  return { code: await ended, out, err: '' };
}

/** A text with what differs from run to run taken out. */
export function stable(text: string, replacements: Readonly<Record<string, string>> = {}): string {
  let result = text;
  for (const [value, name] of Object.entries(replacements)) result = result.replaceAll(value, name);
  return result
    .replaceAll(/(\d [kMG]?B) in .+$/gmu, '$1 in TIME')
    .replaceAll(/127\.0\.0\.1:\d+/gu, '127.0.0.1:PORT')
    .replaceAll(/[ \t]+$/gmu, '');
}

/** Path of a file with the expected output. */
export function expected(name: string): string {
  return join(import.meta.dirname, '../../fixtures/cli', name);
}
