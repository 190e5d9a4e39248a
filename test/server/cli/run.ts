import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';

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

/** A folder that is gone after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sdc-cli-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** An environment without any setting of whoever runs the tests. */
export function cleanEnvironment(home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = '' } = process.env;
  return { PATH, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), NO_COLOR: '1', COLUMNS: '80', ...more };
}

/** Runs the built command as a child process. */
export async function sdc(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const cwd = options.cwd ?? folder();
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
  const cwd = options.cwd ?? folder();
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
