// What the programs take from their environment, how they speak, and how they end.
import { isSdcError } from '@lab/sdc';
import { RedisError } from './redis.js';

/**
 * A number of the environment.
 *
 * @throws RedisError with exit code 2 for anything else.
 */
export function setting(name: string, otherwise: number): number {
  const value = Number(process.env[name] ?? otherwise);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new RedisError(`${name} must be a number, not "${process.env[name]}"`, 2);
}

/** A line of JSON on the standard error stream, as `sdc --log-format json` writes them. */
export function say(level: 'info' | 'warning' | 'error', message: string, fields: object = {}): void {
  process.stderr.write(
    `${JSON.stringify({ time: new Date().toISOString(), level, message, pid: process.pid, ...fields })}\n`,
  );
}

/** Runs a program; a failure is one line and an exit code of the command `sdc`. */
export async function run(program: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await program();
  } catch (error) {
    say('error', error instanceof Error ? error.message : String(error));
    process.exitCode = exitCodeOf(error);
  }
}

/** 2 for what was asked for, 4 for a refused login, 75 for what may pass, 1 for anything else. */
function exitCodeOf(error: unknown): number {
  if (error instanceof RedisError) return error.exitCode;
  if (error instanceof TypeError || error instanceof RangeError || isSdcError(error, 'config')) return 2;
  if (isSdcError(error, 'credentials') || isSdcError(error, 'forbidden')) return 4;
  if (isSdcError(error)) return error.retryable ? 75 : 1;
  // Redis went away for longer than commands are repeated.
  return error instanceof Error && error.name === 'MaxRetriesPerRequestError' ? 75 : 1;
}
