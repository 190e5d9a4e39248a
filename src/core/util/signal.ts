import { defaultMaxListeners, getMaxListeners, setMaxListeners } from 'node:events';

/** Several signals as one. The caller disposes of the link, so that no listener stays on a long-lived signal. */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  /** Aborts the linked signal only. */
  readonly abort: (reason: unknown) => void;
  readonly dispose: () => void;
}

/**
 * Links signals: the result aborts with the reason of the first that does.
 *
 * `AbortSignal.any` keeps its sources alive for as long as they live, so it is not used here.
 */
export function linkSignals(...sources: readonly (AbortSignal | undefined)[]): LinkedSignal {
  const controller = new AbortController();
  // As many listeners as there are calls in flight are intended, and each is removed at its end. Not 0: Node.js 20 cannot
  // tell a limit of 0, and making its error costs more than the link.
  setMaxListeners(Infinity, controller.signal);
  const undo: (() => void)[] = [];
  const dispose = (): void => {
    for (const step of undo.splice(0)) step();
  };
  for (const source of sources) {
    if (source === undefined) continue;
    if (source.aborted) {
      controller.abort(source.reason);
      break;
    }
    undo.push(
      onAbort(source, () => {
        controller.abort(source.reason);
        dispose();
      }),
    );
  }
  if (controller.signal.aborted) dispose();
  return {
    signal: controller.signal,
    abort: (reason) => {
      controller.abort(reason);
    },
    dispose,
  };
}

/** A signal that covers all already, in place of a link: Node.js 20 keeps each signal that it makes until a full collection. */
export function unlinked(signal: AbortSignal): Omit<LinkedSignal, 'abort'> {
  return { signal, dispose: () => undefined };
}

/**
 * Calls back when a signal aborts, at once if it has done so; the result takes that back.
 *
 * A listener that was taken off a long-lived signal still points to those that came after it, so it must hold nothing:
 * else the calls of thousands of files stay in memory until the next full collection.
 */
export function onAbort(signal: AbortSignal | undefined, call: () => void): () => void {
  if (signal === undefined) return () => undefined;
  if (signal.aborted) {
    call();
    return () => undefined;
  }
  let held: (() => void) | undefined = call;
  const listener = (): void => {
    const then = held;
    held = undefined;
    then?.();
  };
  allowMany(signal);
  signal.addEventListener('abort', listener, { once: true });
  return () => {
    held = undefined;
    signal.removeEventListener('abort', listener);
  };
}

/** One signal for many calls at a time is intended, too; at more than ten listeners Node.js would warn of a leak. */
function allowMany(signal: AbortSignal): void {
  try {
    if (getMaxListeners(signal) === defaultMaxListeners) setMaxListeners(Infinity, signal);
  } catch {
    // Node.js 20 refuses to tell the limit of a signal without one
  }
}

/** Waits for a promise or an abort, whichever comes first; what the promise does afterwards is ignored. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let release: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    release = onAbort(signal, () => {
      reject(reasonOf(signal));
    });
  });
  try {
    return await Promise.race([work, aborted]);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    release();
  }
}

/** The reason of an abort as an error, for places that must reject with one; the outermost call restores the original. */
export function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException('This operation was aborted', 'AbortError');
}
