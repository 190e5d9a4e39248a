import { Readable } from 'node:stream';
import {
  NetworkError,
  SdcError,
  TimeoutError,
  TransferError,
  UnexpectedResponse,
  type SdcErrorInit,
} from '../../errors.js';
import { linkSignals, untilAborted } from '../util/signal.js';
import { now } from '../util/time.js';
import { createAnswer } from './answer.js';
import { addressOf, encodeBody } from './body.js';
import type { Answer, Call } from './call.js';
import { failureOf, RetryableFailure } from './failed-answer.js';
import { networkError, nothingWasSent, systemWords } from './failures.js';
import { harmlessHeaders, isRedirect, MAX_REDIRECTS, nextHop, type Hop } from './redirects.js';
import type { Transport } from './transport.js';
import type { Redactor } from './redact.js';
import { bodyFailureIn, ListenerFailure, UnreadableAnswer, type WireAnswer, type WireRequest } from './wire.js';

/** One attempt: the request, its redirects, and the judgement of the answer's status. */
export async function attempt(
  transport: Transport,
  call: Call,
  signal: AbortSignal,
  attempts: number,
  done: () => void,
): Promise<Answer> {
  const start = addressOf(call, transport.baseUrl);
  const encoded = call.body === undefined ? undefined : encodeBody(call.body);
  let headers: Record<string, string> = {
    'user-agent': transport.settings.userAgent,
    ...encoded?.headers,
    ...call.headers,
  };
  let hop: Hop = { url: start, method: call.method ?? 'GET', keepBody: true };
  let strayed = false;
  for (let hops = 0; ; hops += 1) {
    const { url, method } = hop;
    const shownUrl = (): string => transport.redactor.url(url);
    const init = (): SdcErrorInit => ({ ...transport.init(call), url: shownUrl(), attempts });
    const body = hop.keepBody ? encoded?.body : undefined;
    if (!hop.keepBody) headers = withoutBodyHeaders(headers);
    const ownOrigin = !strayed && call.anonymous !== true && url.origin === transport.baseUrl.origin;
    const sent = {
      method,
      headers: { ...headers },
      redirect: 'manual' as const,
      ...(body !== undefined && { body }),
    };
    if (ownOrigin) transport.settings.authorize?.(sent.headers, call);
    const began = now();
    transport.redactor.addAddress(url);
    const exchange = await sendHop(transport, call, { url, sent, ownOrigin, first: hops === 0 }, signal, init);
    const { status } = exchange.wire;
    transport.log.debug(() => `${call.operation}: ${method} ${shownUrl()} -> ${status}`, {
      status,
      ms: now() - began,
      attempt: attempts,
    });
    const { host } = url;
    let handedOver = false;
    const answer = createAnswer(exchange.wire, {
      url: url.href,
      redirected: hops > 0,
      idleTimeoutMs: call.idleTimeoutMs ?? transport.idleTimeoutMs,
      signal,
      silent: () => new TimeoutError(`the answer of ${host} went silent; try again, or raise idleTimeoutMs`, init()),
      broken: (cause) => brokenBody(cause, host, init(), transport.redactor),
      done: () => {
        exchange.end();
        if (handedOver) done();
      },
    });
    if (isRedirect(status) && call.redirect !== 'manual' && call.accept?.(status) !== true) {
      const next = nextHop(url, status, exchange.wire.headers.get('location'), sent);
      await answer.discard();
      if (typeof next === 'string')
        throw new UnexpectedResponse(`${shownUrl()} ${transport.redactor.text(next)}`, { ...init(), status });
      if (hops >= MAX_REDIRECTS)
        throw new UnexpectedResponse(
          `more than ${MAX_REDIRECTS} redirects, the last to ${transport.redactor.url(next.url)}`,
          { ...init(), status },
        );
      if (next.url.origin !== url.origin) {
        strayed = true;
        headers = harmlessHeaders(headers);
      }
      hop = { ...next, keepBody: next.keepBody && hop.keepBody };
      continue;
    }
    if (isAccepted(call, status)) {
      handedOver = true;
      return answer;
    }
    throw await failureOf(transport, call, answer, init());
  }
}

function isAccepted(call: Call, status: number): boolean {
  if (call.accept !== undefined) return call.accept(status);
  return (status >= 200 && status < 300) || (call.redirect === 'manual' && isRedirect(status));
}

function withoutBodyHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.toLowerCase().startsWith('content-')));
}

interface Exchange {
  readonly wire: WireAnswer;
  /** Lets go of the caller's signal and of whatever is still under way. */
  readonly end: () => void;
}

const OVER = new DOMException('The exchange is over', 'AbortError');

/** The answer, or the abort where a fetch does not mind its signal; what it gives too late is cancelled. */
async function firstAnswer(answer: Promise<WireAnswer>, signal: AbortSignal): Promise<WireAnswer> {
  try {
    return await untilAborted(answer, signal);
  } catch (error) {
    answer.then(cancelBody).catch(() => undefined);
    throw error;
  }
}

async function cancelBody({ body }: WireAnswer): Promise<void> {
  if (body instanceof Readable) body.destroy();
  else await body?.cancel();
}

async function sendHop(
  transport: Transport,
  call: Call,
  hop: {
    readonly url: URL;
    readonly sent: Omit<WireRequest, 'signal'>;
    readonly ownOrigin: boolean;
    /** Later hops follow an answer: what was asked for may have been done already. */
    readonly first: boolean;
  },
  signal: AbortSignal,
  init: () => SdcErrorInit,
): Promise<Exchange> {
  const { url, sent, ownOrigin, first } = hop;
  const linked = linkSignals(signal);
  const timeoutMs = call.timeoutMs ?? transport.settings.timeoutMs;
  const idleMs = Math.max(timeoutMs, call.idleTimeoutMs ?? transport.idleTimeoutMs);
  const expire = (ms: number) => (): void => {
    linked.abort(new TimeoutError(`no answer from ${url.host} within ${ms} ms; try again, or raise timeoutMs`, init()));
  };
  const streamed = typeof sent.body === 'object';
  // Ends what fetch leaves running: the source of a body whose answer came early or whose connection broke.
  const end = (): void => {
    linked.dispose();
    if (streamed) linked.abort(OVER);
  };
  let headed = false;
  let timer = setTimeout(expire(streamed ? idleMs : timeoutMs), streamed ? idleMs : timeoutMs);
  const onSending = (done: boolean): void => {
    // an early answer: what is sent after it is nothing to wait for
    if (headed) return;
    if (!done) {
      timer.refresh();
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(expire(timeoutMs), timeoutMs);
  };
  try {
    const wire = await transport.wireFor(call, ownOrigin);
    const answer = wire(url.href, { ...sent, signal: linked.signal, ...(streamed && { onSending }) });
    return { wire: await firstAnswer(answer, linked.signal), end };
  } catch (error) {
    const reason: unknown = linked.signal.aborted ? linked.signal.reason : error;
    end();
    signal.throwIfAborted();
    if (reason instanceof SdcError && !(reason instanceof TimeoutError)) throw reason;
    const words = transport.redactor.text(systemWords(reason));
    const body = bodyFailureIn(reason);
    if (body?.cause instanceof ListenerFailure) throw body.cause.thrown;
    if (body !== undefined) throw body.cause instanceof SdcError ? body.cause : unreadableBody(words, init());
    if (reason instanceof UnreadableAnswer)
      throw new UnexpectedResponse(`the answer of ${url.host} cannot be read: ${words}`, init());
    const failure = networkError(reason, words, url.host, init());
    throw new RetryableFailure(failure, first && nothingWasSent(reason), undefined);
  } finally {
    headed = true;
    clearTimeout(timer);
  }
}

function unreadableBody(words: string, init: SdcErrorInit): Error {
  return new TransferError(`what was to be sent could not be read: ${words}`, init);
}

function brokenBody(cause: unknown, host: string, init: SdcErrorInit, redactor: Redactor): Error {
  if (cause instanceof SdcError) return cause;
  if (cause instanceof RangeError) return new UnexpectedResponse(`the answer of ${host} is ${cause.message}`, init);
  const words = redactor.text(systemWords(cause));
  return new NetworkError(`the answer of ${host} broke off: ${words}; check the network, and call again`, init);
}
