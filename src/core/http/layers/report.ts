import { channel } from 'node:diagnostics_channel';
import type { RequestMessage } from '../../../types.js';
import { TransientError } from '../errors.js';
import type { Attempt } from './attempt.js';
import { requestIdOf } from './status.js';

const requests = channel('@lab/sdc:request');

/** Tells the log, and who listens to the channel, how an attempt went; secrets are removed. */
export function report(attempt: Attempt, error?: unknown): void {
  const { settings, exchange, turn } = attempt;
  const { op } = attempt.call;
  if (exchange === undefined) return;
  const { log, redactor, centre } = settings;
  const { method, answer } = exchange;
  const fields = (): Omit<RequestMessage, 'publicCall' | 'error'> => {
    const requestId = answer && requestIdOf(answer.headers);
    return {
      operation: op.name,
      centre,
      method,
      url: redactor.url(exchange.url),
      ...(answer && { status: answer.status }),
      ms: exchange.ms,
      attempt: turn.attempts,
      ...(requestId !== undefined && { requestId: redactor.text(requestId) }),
    };
  };
  const how = answer === undefined ? 'no answer' : String(answer.status);
  log.debug(
    () => `${op.name}: ${method} ${redactor.url(exchange.url)} -> ${how}`,
    () => ({ ...fields() }),
  );
  if (!requests.hasSubscribers) return;
  const publicCall = op.publicCall ?? { operation: op.name, centre };
  const failure = error instanceof TransientError ? error.failure : error;
  const message: RequestMessage = { ...fields(), publicCall, ...(failure !== undefined && { error: failure }) };
  requests.publish(message);
}
