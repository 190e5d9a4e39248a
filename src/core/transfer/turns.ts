import { untilAborted } from '../util/signal.js';

const tails = new Map<string, Promise<void>>();

/** A turn that has come. */
export interface Turn {
  readonly leave: () => void;
  /** Whether someone was there before. */
  readonly waited: boolean;
}

/**
 * Waits until all who asked before under the same key have left.
 * Several downloads of one process to one target come one after the other.
 */
export async function takeTurn(key: string, signal: AbortSignal): Promise<Turn> {
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
    return { leave, waited: before !== undefined };
  } catch (error) {
    leave();
    throw error;
  }
}
