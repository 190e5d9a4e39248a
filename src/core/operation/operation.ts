import type { SdcErrorInit } from '../../errors.js';
import type { CallOptions } from '../../types.js';
import type { HttpRequest } from '../http/request.js';
import type { HttpResponse, ResponseHead } from '../http/response.js';
import type { Redactor } from '../redact/redactor.js';
import type { Transport } from '../http/transport.js';
import type { SafeLogger } from '../log/logger.js';
import type { Lifetime } from '../session/lifetime.js';
import { Arguments } from './arguments.js';
import { checkArguments, type ArgumentKinds } from './declared.js';
import { withDelivery, type Delivery } from './delivery.js';

/** What the calls of one client share, as far as core needs it. */
export interface ClientContext {
  readonly transport: Transport;
}

/** A request of a call: what is the call's own is filled in. */
export type OwnRequest = Omit<HttpRequest, 'operation'>;

/**
 * One public call under way: its name, its signal and time limit, what it may use, and what its errors begin with.
 *
 * The public method makes it; everything below takes it as its first argument and asks it for the rest.
 */
export class Operation<C extends ClientContext = ClientContext> {
  /** The public call, such as `scc.getMeasurement`. */
  readonly name: string;
  /** What the calls of this client share. */
  readonly context: C;
  /** The checks of its arguments. */
  readonly arguments: Arguments;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;

  constructor(name: string, context: C, { signal, timeoutMs }: CallOptions = {}) {
    this.name = name;
    this.context = context;
    this.arguments = new Arguments(name);
    this.signal = signal;
    this.timeoutMs = timeoutMs;
  }

  /**
   * Begins a public call: its arguments are checked before anything else.
   *
   * @param kinds - What each argument must be.
   * @param values - The arguments by name; `options` may hold a signal and a time limit.
   * @throws `TypeError` or `RangeError` for an argument that is not what its kind says.
   */
  static begin<C extends ClientContext, T extends { readonly options?: CallOptions }>(
    context: C,
    name: string,
    kinds: ArgumentKinds<T>,
    values: T,
  ): Operation<C> {
    checkArguments(name, kinds, values);
    return new Operation(name, context, values.options);
  }

  /** The requests of the centre's own service. */
  get http(): Transport {
    return this.context.transport;
  }

  get log(): SafeLogger {
    return this.http.log;
  }

  get redactor(): Redactor {
    return this.http.redactor;
  }

  get lifetime(): Lifetime {
    return this.http.lifetime;
  }

  /**
   * What each error of the call starts from.
   *
   * @param at - The address that it is about, where it is about one; secrets are removed.
   */
  init(at: Partial<Pick<HttpRequest, 'url' | 'query'>> = {}): SdcErrorInit {
    return this.http.init({ operation: this.name, ...at });
  }

  /** What an error about an answer starts from. */
  initAt(answer: Pick<ResponseHead, 'url' | 'status'>): SdcErrorInit {
    return { ...this.init(), url: this.redactor.url(answer.url), status: answer.status };
  }

  /** A request with the name, the signal and the time limit of the call; what it says itself comes first. */
  request(own: OwnRequest): HttpRequest {
    return { signal: this.signal, timeoutMs: this.timeoutMs, ...own, operation: this.name };
  }

  /** Sends a request and reads its answer; the two are repeated together where that is safe. */
  send<T>(own: OwnRequest, read: (answer: HttpResponse) => Promise<T>): Promise<T> {
    return this.http.send(this.request(own), read);
  }

  /** The answer as text. */
  text(own: OwnRequest): Promise<{ readonly text: string; readonly answer: ResponseHead }> {
    return this.http.text(this.request(own));
  }

  /** The answer as JSON. */
  json(own: OwnRequest): Promise<unknown> {
    return this.http.json(this.request(own));
  }

  /** An answer whose body is left to the caller, who reads or discards it. */
  open(own: OwnRequest): Promise<HttpResponse> {
    return this.http.open(this.request(own));
  }

  /** The options as a call below takes them that has no operation of its own. */
  get callOptions(): CallOptions {
    return {
      ...(this.signal !== undefined && { signal: this.signal }),
      ...(this.timeoutMs !== undefined && { timeoutMs: this.timeoutMs }),
    };
  }

  /** The same call with another signal or time limit, as for one of its requests or pages. */
  with({
    signal = this.signal,
    timeoutMs = this.timeoutMs,
  }: {
    signal?: AbortSignal | undefined;
    timeoutMs?: number | undefined;
  }): Operation<C> {
    return new Operation(this.name, this.context, {
      ...(signal !== undefined && { signal }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
  }

  /** The same call in another context, as that of a second service. */
  in<D extends ClientContext>(context: D): Operation<D> {
    return new Operation(this.name, context, this.callOptions);
  }

  /** @throws {@link ConfigError} (code `closed`) after the client's end. */
  assertOpen(): void {
    this.lifetime.assertOpen(this.name);
  }

  /** Warns in the log, in the name of the call. */
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void {
    this.log.warn(`${this.name}: ${message}`, fields);
  }

  /** The part of the call that changes something at the centre: its errors tell whether it may have been taken. */
  changing<T>(work: (delivery: Delivery) => Promise<T>): Promise<T> {
    return withDelivery(this.signal, work);
  }
}
