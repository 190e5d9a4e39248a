import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { env } from '../../core/config/env.js';
import { systemCode } from '../../core/files/system-error.js';
import { UsageError } from '../command/usage-error.js';
import { wordsOfLine } from './words.js';

/** Where the path of a file goes. */
const PLACE = '{}';

/** Calls a program for a file. */
export type ProgramRun = (path: string, signal: AbortSignal, say: (line: string) => void) => Promise<void>;

/**
 * The program of `--run`, started without a shell; `{}` is the path of the file, always within one argument. What it prints goes to `say`, a
 * line at a time.
 *
 * @throws UsageError for a line that is none, or names a program that is not there: before anything is fetched.
 */
export async function programOf(line: string): Promise<ProgramRun> {
  const [program = '', ...args] = wordsOfLine(line);
  if (program === '') throw new UsageError('--run must name a program, such as --run "process-file {}"');
  if (program.includes(PLACE)) throw new UsageError(`--run must begin with a program, got ${line}`);
  if (!(await isThere(program))) throw new UsageError(`--run: there is no program ${program}`);
  const all = args.some((arg) => arg.includes(PLACE)) ? args : [...args, PLACE];
  return (path, signal, say) => {
    const given = all.map((arg) => arg.replaceAll(PLACE, () => path));
    return run(program, given, signal, say);
  };
}

async function run(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], signal });
  let last = '';
  linesOf(child.stdout, say);
  linesOf(child.stderr, (line) => {
    if (line.trim() !== '') last = `: ${line.trim()}`;
    say(line);
  });
  const end = await new Promise<string>((resolve, reject) => {
    child.on('error', reject).on('close', (code, by) => {
      resolve(code === null ? `was stopped by ${by ?? 'a signal'}` : code === 0 ? '' : `ended with exit code ${code}`);
    });
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new Error(`${program} could not be started (${systemCode(error) ?? 'unknown'})`, { cause: error });
  });
  signal.throwIfAborted();
  if (end !== '') throw new Error(`${program} ${end}${last}`);
}

function linesOf(stream: Readable, take: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', take);
}

/** Whether the system would find the program. */
async function isThere(program: string): Promise<boolean> {
  const folders = /[\\/]/u.test(program) ? [''] : (env('PATH') ?? '').split(delimiter);
  const endings = ['', ...(env('PATHEXT') ?? '').split(delimiter)];
  for (const folder of folders)
    for (const ending of endings) {
      const isFound = await access(join(folder, `${program}${ending}`), constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isFound) return true;
    }
  return false;
}
