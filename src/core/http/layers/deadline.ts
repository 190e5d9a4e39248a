import { Readable } from 'node:stream';
import { SdcError, TimeoutError, TransferError, UnexpectedResponse, type SdcErrorInit } from '../../../errors.js';
import type { ChangingRequest } from '../../operation/delivery.js';
import { linkSignals, untilAborted } from '../../util/signal.js';
import type { HttpResponse } from '../response.js';
import { createResponse } from './body.js';
import { brokenBody, networkError, neverConnected, proxyError, TransientError, systemWords } from '../errors.js';
import {
  bodyFailureIn,
  ListenerFailure,
  ProxyRefused,
  UnreadableAnswer,
  type HandlerResponse,
  type HandlerRequest,
} from '../handlers/handler.js';
import type { Attempt } from './attempt.js';

/** One request of an attempt: the first, or one after a redirect. */
export interface HopRequest {
  readonly url: URL;
  readonly sent: Omit<HandlerRequest, 'signal'>;
  /** It goes to the origin of the base URL, and no redirect has led elsewhere before. */
  readonly ownOrigin: boolean;
  /** Later ones follow an answer: what was asked for may have been done already. */
  readonly first: boolean;
  /** Where it may act at the centre. */
  readonly acting: ChangingRequest | undefined;
}

const OVER = new DOMException('The exchange is over', 'AbortError');

/**
 * Sends one request and waits for the head of its answer, within the time limits: for an upload, each silence while it is sent;
 * for all, from the last byte sent to the head. The body of the answer has the limit of its silence.
 *
 * @throws {@link TimeoutError}, {@link NetworkError} (inside {@link TransientError} where the next attempt may succeed),
 * {@link TransferError} for a body that cannot be read, {@link UnexpectedResponse} for an answer that cannot.
 */
export async function sendWithinLimits(attempt: Attempt, hop: HopRequest): Promise<HttpResponse> {
  const { url } = hop;
  const host = attempt.where(url);
  const { answered, end } = await firstAnswer(attempt, hop);
  const { settings } = attempt;
  return createResponse(answered, {
    url: url.href,
    redirected: !hop.first,
    idleTimeoutMs: attempt.idleTimeoutMs,
    signal: attempt.signal,
    silent: () => {
      const advice = attempt.advice('try again, or raise idleTimeoutMs');
      return new TimeoutError(`the answer from ${host} stalled; ${advice}`, attempt.init(url));
    },
    broken: (cause) => {
      const advice = attempt.advice('check the network, and call again');
      return brokenBody(cause, { host, advice }, attempt.init(url), settings.redactor);
    },
    done: () => {
      end();
      attempt.bodyOver();
    },
  });
}

interface Exchange {
  readonly answered: HandlerResponse;
  /** Releases the caller's signal and whatever is still running. */
  readonly end: () => void;
}

async function firstAnswer(attempt: Attempt, { url, sent, ownOrigin, first, acting }: HopRequest): Promise<Exchange> {
  const { signal } = attempt;
  const linked = linkSignals(signal);
  const streamed = typeof sent.body === 'object';
  const expire = (ms: number): void => {
    const advice = attempt.advice('try again, or raise timeoutMs');
    linked.abort(
      new TimeoutError(`no answer from ${attempt.where(url)} within ${ms} ms; ${advice}`, attempt.init(url)),
    );
  };
  const limit = answerLimit(attempt, streamed, expire);
  // Ends what fetch leaves running: the source of a body whose answer came early or whose connection broke.
  const end = (): void => {
    linked.dispose();
    if (streamed) linked.abort(OVER);
  };
  // Whether the request may have left this machine, and whether that is known for sure.
  let left: { readonly sure: boolean } | undefined;
  const onHandedOver = (sure: boolean): void => {
    left = { sure };
    acting?.sent();
  };
  try {
    const handler = await attempt.handlers.for(attempt.call, url, ownOrigin);
    const { onSending } = limit;
    const answer = handler(url.href, {
      ...sent,
      signal: linked.signal,
      onHandedOver,
      onSending: streamed ? onSending : undefined,
    });
    return { answered: await unlessAborted(answer, linked.signal), end };
  } catch (error) {
    const reason: unknown = linked.signal.aborted ? linked.signal.reason : error;
    end();
    const refusedByProxy = reason instanceof ProxyRefused;
    const nothingSent = refusedByProxy || left === undefined || (!left.sure && neverConnected(reason));
    if (nothingSent) acting?.notTaken();
    signal.throwIfAborted();
    throw failureOf(reason, attempt, url, first && nothingSent);
  } finally {
    limit.stop();
  }
}

/** The timer of one request: it starts again while a body is sent, and once more when all of it was. */
function answerLimit(
  { timeoutMs, idleTimeoutMs }: Attempt,
  streamed: boolean,
  expire: (ms: number) => void,
): { readonly onSending: (done: boolean) => void; readonly stop: () => void } {
  let headed = false;
  const firstMs = streamed ? Math.max(timeoutMs, idleTimeoutMs) : timeoutMs;
  let timer = setTimeout(expire, firstMs, firstMs);
  return {
    onSending: (done) => {
      // an early answer: what is sent after it is nothing to wait for
      if (headed) return;
      if (!done) {
        timer.refresh();
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(expire, timeoutMs, timeoutMs);
    },
    stop: () => {
      headed = true;
      clearTimeout(timer);
    },
  };
}

/** The response, or the abort where a fetch ignores its signal; a response that arrives too late is cancelled. */
async function unlessAborted(answer: Promise<HandlerResponse>, signal: AbortSignal): Promise<HandlerResponse> {
  try {
    return await untilAborted(answer, signal);
  } catch (error) {
    answer.then(cancelBody).catch(() => undefined);
    throw error;
  }
}

async function cancelBody({ body }: HandlerResponse): Promise<void> {
  if (body instanceof Readable) body.destroy();
  else await body?.cancel();
}

/** What a request without an answer is reported as. */
function failureOf(reason: unknown, attempt: Attempt, url: URL, nothingSent: boolean): unknown {
  if (reason instanceof SdcError && !(reason instanceof TimeoutError)) return reason;
  const host = attempt.where(url);
  const init: SdcErrorInit = attempt.init(url);
  const words = attempt.settings.redactor.text(systemWords(reason));
  const body = bodyFailureIn(reason);
  if (body?.cause instanceof ListenerFailure) return body.cause.thrown;
  if (body !== undefined) {
    if (body.cause instanceof SdcError) return body.cause;
    return new TransferError(`the data to send could not be read: ${words}`, init);
  }
  if (reason instanceof UnreadableAnswer)
    return new UnexpectedResponse(`the answer from ${host} cannot be read: ${words}`, init);
  const failure =
    reason instanceof ProxyRefused
      ? proxyError(reason.status, { words, host }, init)
      : networkError(reason, { words, host, changing: attempt.changing }, init);
  return failure.retryable ? new TransientError(failure, nothingSent, undefined) : failure;
}
