import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel';
import type { CallMessage, RequestMessage } from '../../src/types.js';
import { cleanUp } from './clean-up.js';

/** What the package publishes of its calls and requests, until the end of the test. */
export interface Published {
  /** Which events of which calls, in order, as `asyncEnd imap.query`. */
  readonly events: string[];
  readonly calls: CallMessage[];
  readonly requests: RequestMessage[];
}

export function published(onRequest: (message: RequestMessage) => void = () => undefined): Published {
  const events: string[] = [];
  const calls: CallMessage[] = [];
  const requests: RequestMessage[] = [];
  const on =
    (event: string) =>
    (message: unknown): void => {
      const call = message as CallMessage;
      events.push(`${event} ${call.operation}`);
      if (event === 'start') calls.push(call);
    };
  const listeners = {
    start: on('start'),
    end: on('end'),
    asyncStart: on('asyncStart'),
    asyncEnd: on('asyncEnd'),
    error: on('error'),
  };
  const onMessage = (message: unknown): void => {
    requests.push(message as RequestMessage);
    onRequest(message as RequestMessage);
  };
  const operations = tracingChannel('@lab/sdc:operation');
  operations.subscribe(listeners);
  subscribe('@lab/sdc:request', onMessage);
  cleanUp(() => {
    operations.unsubscribe(listeners);
    unsubscribe('@lab/sdc:request', onMessage);
  });
  return { events, calls, requests };
}
