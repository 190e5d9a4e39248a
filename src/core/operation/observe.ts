import { AsyncResource } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';
import type { CallMessage } from '../../types.js';

const calls = tracingChannel<CallMessage, CallMessage>('@lab/sdc:operation');

/** Does the work of a public call, and publishes its start and its end; where nobody listens, nothing but the work is done. */
export function observed<T>(message: CallMessage, work: () => Promise<T>): Promise<T> {
  if (!calls.hasSubscribers) return work();
  return begun(message, work).then(
    (result) => {
      ended(message);
      return result;
    },
    (error: unknown) => {
      failed(message, error);
      throw error;
    },
  );
}

/**
 * The same for a call that is a loop: it starts with the first step, and ends when there are no more, when it is left, or when it fails. All its
 * steps run in the context that its start was published in.
 */
export function observedLoop<G extends AsyncGenerator<unknown, unknown, undefined>>(message: CallMessage, loop: G): G {
  if (!calls.hasSubscribers) return loop;
  let scope: AsyncResource | undefined;
  let over = false;
  const next = loop.next.bind(loop);
  const leave = loop.return.bind(loop);
  const once = (tell: () => void): void => {
    if (!over) tell();
    over = true;
  };
  const step = async (work: typeof next): ReturnType<typeof next> => {
    if (over) return work();
    const started = (): ReturnType<typeof next> =>
      begun(message, () => {
        scope = new AsyncResource('SDC_CALL');
        return work();
      });
    try {
      const result = await (scope === undefined ? started() : scope.runInAsyncScope(work));
      if (result.done === true) once(() => ended(message));
      return result;
    } catch (error) {
      once(() => failed(message, error));
      throw error;
    }
  };
  return Object.assign(loop, {
    next: () => step(next),
    return: (value: unknown) => {
      over ||= scope === undefined;
      return step(() => leave(value));
    },
  });
}

function begun<T>(message: CallMessage, work: () => Promise<T>): Promise<T> {
  return calls.start.runStores(message, () => {
    const result = (async () => work())();
    calls.end.publish(message);
    return result;
  });
}

function ended(message: CallMessage): void {
  calls.asyncStart.publish(message);
  calls.asyncEnd.publish(message);
}

function failed(message: CallMessage, error: unknown): void {
  message.error = error;
  calls.error.publish(message);
  ended(message);
}
