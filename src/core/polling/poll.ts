import { RateLimited, SdcError, WaitTimeout, type SdcErrorInit } from '../../errors.js';
import type { WaitOptions } from '../../types.js';
import type { SafeLogger } from '../log/logger.js';
import { Arguments } from '../operation/arguments.js';
import { linkSignals, untilAborted } from '../util/signal.js';
import { monotonic, sleep, MAX_TIMER_MS } from '../util/time.js';

/** How one kind of job is watched. */
export interface PollSpec<S> {
  readonly init: SdcErrorInit;
  readonly log: SafeLogger;
  /** One status check; `undefined`: the job has not appeared yet. */
  readonly read: (signal: AbortSignal) => Promise<S | undefined>;
  readonly isFinal: (state: S, watched: Watched) => boolean;
  /** Whether two states differ in a way worth reporting. */
  readonly changed: (before: S, after: S) => boolean;
  /** The state in a few words, for the message of a time-out. */
  readonly describe: (state: S) => string;
  /** The error when the job has not appeared within `appearMs`. */
  readonly absent: () => Error;
  readonly options: WaitOptions<S>;
  readonly defaults?: WaitDefaults;
}

/** What a room takes for durations that are not given. */
export interface WaitDefaults {
  readonly pollIntervalMs?: number;
  readonly deadlineMs?: number;
  readonly appearMs?: number;
}

/**
 * The durations of a wait, so that a call that waits late can refuse bad ones at its beginning.
 *
 * @throws RangeError for a value that is not a duration.
 */
export function durationsOf(given: WaitDefaults, args: Arguments, defaults: WaitDefaults = {}): Required<WaitDefaults> {
  const checked = (name: keyof WaitDefaults, usual: number): number =>
    duration(given[name] ?? defaults[name] ?? usual, name, args);
  return {
    pollIntervalMs: checked('pollIntervalMs', 10_000),
    deadlineMs: checked('deadlineMs', 7_200_000),
    appearMs: checked('appearMs', 60_000),
  };
}

/** What the wait knows besides the state. */
export interface Watched {
  readonly elapsedMs: number;
  readonly appearMs: number;
}

/**
 * Checks a job repeatedly and yields each change of its state, the last one included.
 *
 * Transient failures are tolerated until the deadline, which also ends a status check that hangs. Leaving the loop or an abort
 * stops the wait, never the job.
 *
 * @throws {@link WaitTimeout} at the deadline, with the last state.
 */
export async function* poll<S>(spec: PollSpec<S>): AsyncGenerator<S, void, undefined> {
  const { options, defaults, init } = spec;
  const {
    pollIntervalMs: intervalMs,
    deadlineMs,
    appearMs,
  } = durationsOf(options, new Arguments(init.operation), defaults);
  const { signal } = options;
  const started = monotonic();
  const elapsed = (): number => monotonic() - started;
  let last: { readonly state: S } | undefined;
  let seenAt = 0;
  for (;;) {
    signal?.throwIfAborted();
    let waitMs = intervalMs;
    const checked = await check(spec, signal, deadlineMs - elapsed());
    if (checked.kind === 'failed') waitMs = Math.max(waitMs, checked.waitMs);
    // A transient failure may hide a job that was seen: it is gone when it is absent for as long as a new one may take to appear.
    if (checked.kind === 'absent' && elapsed() - seenAt >= appearMs) throw spec.absent();
    if (checked.kind === 'state') {
      seenAt = elapsed();
      const final = spec.isFinal(checked.state, { elapsedMs: elapsed(), appearMs });
      if (last === undefined || final || spec.changed(last.state, checked.state)) {
        options.onState?.(checked.state);
        yield checked.state;
      }
      last = { state: checked.state };
      if (final) return;
    }
    const leftMs = deadlineMs - elapsed();
    if (checked.kind === 'deadline' || leftMs <= 0) throw timeout(spec, deadlineMs, last?.state);
    await sleep(Math.min(waitMs, leftMs), signal);
  }
}

type Check<S> =
  { kind: 'state'; state: S } | { kind: 'absent' } | { kind: 'deadline' } | { kind: 'failed'; waitMs: number };

async function check<S>(spec: PollSpec<S>, signal: AbortSignal | undefined, leftMs: number): Promise<Check<S>> {
  const linked = linkSignals(signal);
  const atDeadline = new DOMException('The deadline of the wait has passed', 'TimeoutError');
  const timer = setTimeout(
    () => {
      linked.abort(atDeadline);
    },
    Math.max(1, Math.min(leftMs, MAX_TIMER_MS)),
  );
  try {
    const state = await untilAborted(spec.read(linked.signal), linked.signal);
    return state === undefined ? { kind: 'absent' } : { kind: 'state', state };
  } catch (error) {
    signal?.throwIfAborted();
    if (linked.signal.aborted) return { kind: 'deadline' };
    if (!(error instanceof SdcError) || !error.retryable || error.code === 'closed') throw error;
    spec.log.warn(`${spec.init.operation}: a status check failed; still waiting`, { reason: error.message });
    return { kind: 'failed', waitMs: error instanceof RateLimited ? (error.retryAfterMs ?? 0) : 0 };
  } finally {
    clearTimeout(timer);
    linked.dispose();
  }
}

function timeout<S>(spec: PollSpec<S>, deadlineMs: number, state: S | undefined): WaitTimeout<S> {
  const what = state === undefined ? 'not seen yet' : spec.describe(state);
  return new WaitTimeout(
    `not finished after ${Math.round(deadlineMs / 1000)} s (${what}); the job continues: wait again, or raise deadlineMs`,
    {
      ...spec.init,
      state,
    },
  );
}

function duration(value: number, name: string, args: Arguments): number {
  if (typeof value !== 'number' || Number.isNaN(value) || value < 0) {
    throw args.outOfRange(`${name} must be a number of milliseconds, 0 or more`);
  }
  return value;
}
