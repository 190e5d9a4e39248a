import { untilAborted } from '../util/signal.js';

const tails = new Map<string, Promise<void>>();

/**
 * Waits until all who asked before under the same key have left.
 * Several downloads of one process to one target come one after the other.
 *
 * @returns what ends the turn.
 */
export async function takeTurn(key: string, signal: AbortSignal): Promise<() => void> {
  const before = tails.get(key);
  let finish: () => void = () => undefined;
  const mine = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const tail = before === undefined ? mine : before.then(() => mine);
  tails.set(key, tail);
  const leave = (): void => {
    finish();
    void tail.then(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
  };
  try {
    if (before !== undefined) await untilAborted(before, signal);
    return leave;
  } catch (error) {
    leave();
    throw error;
  }
}
