import { Readable } from 'node:stream';
import { SdcError, TimeoutError, TransferError, UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import type { ChangingRequest } from '../operation/delivery.js';
import { linkSignals, untilAborted } from '../util/signal.js';
import { now } from '../util/time.js';
import { createAnswer } from './answer.js';
import { addressOf, encodeBody } from './body.js';
import type { Answer, Call } from './call.js';
import { failureOf, RetryableFailure } from './failed-answer.js';
import { brokenBody, networkError, neverConnected, systemWords } from './failures.js';
import { harmlessHeaders, isRedirect, MAX_REDIRECTS, nextHop, type Hop } from './redirects.js';
import type { Transport } from './transport.js';
import { bodyFailureIn, ListenerFailure, UnreadableAnswer, type WireAnswer, type WireRequest } from './wire.js';

/** Which attempt it is. */
interface Turn {
  readonly attempts: number;
  /** No other follows once it has left. */
  readonly last: boolean;
  /** Called when the body of the answer that was handed over is over. */
  readonly done: () => void;
}

/** One attempt: the request, its redirects, and the judgement of the answer's status. */
export async function attempt(
  transport: Transport,
  call: Call,
  signal: AbortSignal,
  { attempts, last, done }: Turn,
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
  const changing = call.delivery?.begin(call.safeToRetry === true);
  // What may act at the centre: the first hop, and those that send the same again.
  let acting = changing;
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
      ...((last || changing !== undefined) && { once: true }),
    };
    if (ownOrigin) transport.settings.authorize?.(sent.headers, call);
    const began = now();
    transport.redactor.addAddress(url);
    const exchange = await sendHop(
      transport,
      call,
      { url, sent, ownOrigin, first: hops === 0, changing, acting },
      signal,
      init,
    );
    const { status } = exchange.wire;
    if (status >= 400 && status < 500) acting?.notTaken();
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
      silent: () => {
        const advice = adviceOn(changing, 'try again, or raise idleTimeoutMs');
        return new TimeoutError(`the answer of ${host} went silent; ${advice}`, init());
      },
      broken: (cause) => {
        const advice = adviceOn(changing, 'check the network, and call again');
        return brokenBody(cause, { host, advice }, init(), transport.redactor);
      },
      done: () => {
        exchange.end();
        if (handedOver) done();
      },
    });
    if (isRedirect(status) && call.redirect !== 'manual' && call.accept?.(status) !== true) {
      const policy = typeof call.redirect === 'function' ? call.redirect : undefined;
      const next = nextHop(url, status, exchange.wire.headers.get('location'), sent, policy);
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
      // 307 and 308 ask to send the same elsewhere, so it was not done here; after the others it may have been.
      if (status === 307 || status === 308) acting?.notTaken();
      else acting = undefined;
      hop = { ...next, keepBody: next.keepBody && hop.keepBody };
      continue;
    }
    if (isAccepted(call, status)) {
      handedOver = true;
      return answer;
    }
    const delivered = changing?.mayBeTaken === true && !changing.repeatable ? 'maybe' : undefined;
    throw await failureOf(transport, call, answer, { ...init(), delivered });
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
    readonly changing: ChangingRequest | undefined;
    readonly acting: ChangingRequest | undefined;
  },
  signal: AbortSignal,
  init: () => SdcErrorInit,
): Promise<Exchange> {
  const { url, sent, ownOrigin, first, changing, acting } = hop;
  const linked = linkSignals(signal);
  const timeoutMs = call.timeoutMs ?? transport.settings.timeoutMs;
  const idleMs = Math.max(timeoutMs, call.idleTimeoutMs ?? transport.idleTimeoutMs);
  const expire = (ms: number) => (): void => {
    const advice = adviceOn(changing, 'try again, or raise timeoutMs');
    linked.abort(new TimeoutError(`no answer from ${url.host} within ${ms} ms; ${advice}`, init()));
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
  // Whether the request may have left this machine, and whether that is known for sure.
  let left: { readonly sure: boolean } | undefined;
  const onHandedOver = (sure: boolean): void => {
    left = { sure };
    acting?.sent();
  };
  const nothingLeft = (reason: unknown): boolean => left === undefined || (!left.sure && neverConnected(reason));
  try {
    const wire = await transport.wireFor(call, ownOrigin);
    const answer = wire(url.href, { ...sent, signal: linked.signal, onHandedOver, ...(streamed && { onSending }) });
    return { wire: await firstAnswer(answer, linked.signal), end };
  } catch (error) {
    const reason: unknown = linked.signal.aborted ? linked.signal.reason : error;
    end();
    const nothingSent = nothingLeft(reason);
    if (nothingSent) acting?.notTaken();
    signal.throwIfAborted();
    if (reason instanceof SdcError && !(reason instanceof TimeoutError)) throw reason;
    const words = transport.redactor.text(systemWords(reason));
    const body = bodyFailureIn(reason);
    if (body?.cause instanceof ListenerFailure) throw body.cause.thrown;
    if (body !== undefined) throw body.cause instanceof SdcError ? body.cause : unreadableBody(words, init());
    if (reason instanceof UnreadableAnswer)
      throw new UnexpectedResponse(`the answer of ${url.host} cannot be read: ${words}`, init());
    const failure = networkError(reason, { words, host: url.host, changing }, init());
    throw failure.retryable ? new RetryableFailure(failure, first && nothingSent, undefined) : failure;
  } finally {
    headed = true;
    clearTimeout(timer);
  }
}

function unreadableBody(words: string, init: SdcErrorInit): Error {
  return new TransferError(`what was to be sent could not be read: ${words}`, init);
}

function adviceOn(changing: ChangingRequest | undefined, usual: string): string {
  return changing === undefined ? usual : changing.advice(usual);
}
