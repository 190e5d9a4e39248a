import { isSdcError } from '../../errors.js';
import { LOOK_FIRST } from '../../core/operation/delivery.js';
import { systemCode } from '../../core/files/system-error.js';
import type { Failure } from './outcome.js';

/** What an error says to a user, in one line. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message } = error;
  if (isSdcError(error)) {
    const warn = error.delivered === 'maybe' && !message.includes(LOOK_FIRST);
    return warn ? `${message}; ${LOOK_FIRST}` : message;
  }
  const code = systemCode(error);
  return code !== undefined && message === '' ? code : message;
}

/** The lines of a failure that `--debug` adds: where, why, how often. */
export function detailsOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const facts = isSdcError(error) ? [`  ${JSON.stringify(error.toJSON())}`] : [];
  return [...facts, error.stack ?? '', ...causes(error)].filter((line) => line !== '').join('\n');
}

function causes(error: Error): string[] {
  const { cause } = error;
  return cause instanceof Error ? [`caused by: ${cause.stack ?? cause.message}`, ...causes(cause)] : [];
}

/** The summary of a work of several parts; every failure by name. */
export function summaryOf(
  failures: readonly Failure[],
  total: number,
  wordsFor: (error: unknown) => string = wordsOf,
): string {
  const head = `${failures.length} of ${total} failed:`;
  return [head, ...failures.map(({ what, error }) => `  ${what}: ${wordsFor(error)}`)].join('\n');
}
