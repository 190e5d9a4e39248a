import { toDate } from '../../core/util/dates.js';
import { now } from '../../core/util/time.js';
import type { ClockOptions, SimClock } from './types.js';

/** A clock that the kit can start again and that can count requests. */
export interface RunningClock extends SimClock {
  reset(): void;
  /** One request has come. */
  tick(): void;
}

/** Makes the clock of a simulator; `defaultStart` is where a virtual one begins. */
export function createClock(options: ClockOptions, defaultStart: string): RunningClock {
  const { mode = 'virtual', speed = 1, perRequestMs = 0 } = options;
  const real = mode === 'real';
  const begin = options.start === undefined ? undefined : toDate(options.start, 'clock.start').getTime();
  const virtualStart = begin ?? Date.parse(defaultStart);
  let origin = now();
  let advanced = 0;
  return {
    mode,
    now: () => (real ? (begin ?? origin) + (now() - origin) * speed : virtualStart) + advanced,
    advance: (ms) => {
      advanced += ms;
    },
    tick: () => {
      if (!real) advanced += perRequestMs;
    },
    reset: () => {
      origin = now();
      advanced = 0;
    },
  };
}

/** A clock as the kit wants it; one made elsewhere only cannot start again. */
export function asRunning(clock: SimClock & Partial<RunningClock>): RunningClock {
  return {
    mode: clock.mode,
    now: () => clock.now(),
    advance: (ms) => {
      clock.advance(ms);
    },
    tick: () => clock.tick?.(),
    reset: () => clock.reset?.(),
  };
}
