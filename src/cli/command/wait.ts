import type { Context } from './context.js';
import { defined } from './defined.js';

/** Pause and deadline as the user gave them, in the clients' units. */
export function waitOptions({ input, signal }: Context): {
  readonly signal: AbortSignal;
  readonly pollIntervalMs?: number;
  readonly deadlineMs?: number;
  readonly appearMs?: number;
} {
  const [seconds, minutes, start] = [input.number('poll'), input.number('deadline'), input.number('startDeadline')];
  return {
    signal,
    ...defined({
      pollIntervalMs: seconds === undefined ? undefined : seconds * 1000,
      deadlineMs: minutes === undefined ? undefined : minutes * 60_000,
      appearMs: start === undefined ? undefined : start * 60_000,
    }),
  };
}
