import type { SdcErrorInit } from '../../errors.js';
import type { CallMessage, CallOptions } from '../../types.js';
import type { HttpRequest } from '../http/request.js';
import type { HttpResponse, ResponseHead } from '../http/response.js';
import type { Redactor } from '../redact/redactor.js';
import type { Transport } from '../http/transport.js';
import type { SafeLogger } from '../log/logger.js';
import type { Lifetime } from '../session/lifetime.js';
import { defined } from '../util/defined.js';
import { Arguments } from './arguments.js';
import { checkArguments, type ArgumentKinds } from './fields.js';
import { observed, observedLoop } from './observe.js';
import { withDelivery, type Delivery } from './delivery.js';
import type { NamedCall } from './named-call.js';

/** What the calls of one client share, as far as core needs it. */
export interface ClientContext {
  readonly transport: Transport;
}

/** How one call is limited; what is `undefined` is left to the client. */
export type CallLimits = { readonly [Name in keyof CallOptions]?: CallOptions[Name] | undefined };

/** What makes an operation a part of another one. */
interface PartOf {
  readonly publicCall?: CallMessage | undefined;
  readonly uncounted?: boolean;
}

/** A request of a call: what is the call's own is filled in. */
export type OwnRequest = Omit<HttpRequest, 'op'>;

/**
 * One public call under way: its name, its signal and time limit, what it may use, and what its errors begin with.
 *
 * The public method makes it; everything below takes it as its first argument and asks it for the rest.
 */
export class Operation<C extends ClientContext = ClientContext> implements NamedCall {
  /** The public call, such as `scc.getMeasurement`. */
  readonly name: string;
  readonly context: C;
  readonly arguments: Arguments;
  /** Its signal and limits, as a call below takes them that has no operation of its own. */
  readonly callOptions: CallOptions;
  /** What is published of the call. */
  readonly publicCall: CallMessage;

  readonly #uncounted: boolean;
  #begun = false;

  /** @param whole - The call that this one is a part of, where it is not one of its own. */
  constructor(name: string, context: C, limits: CallLimits = {}, { publicCall, uncounted = false }: PartOf = {}) {
    this.name = name;
    this.context = context;
    this.arguments = new Arguments(name);
    this.callOptions = limitsOf(limits);
    this.publicCall = publicCall ?? { operation: name, centre: context.transport.settings.centre };
    this.#uncounted = uncounted;
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
    checkArguments(new Arguments(name), kinds, values);
    return new Operation(name, context, values.options);
  }

  get signal(): AbortSignal | undefined {
    return this.callOptions.signal;
  }

  get timeoutMs(): number | undefined {
    return this.callOptions.timeoutMs;
  }

  get idleTimeoutMs(): number {
    return this.callOptions.idleTimeoutMs ?? this.http.settings.idleTimeoutMs;
  }

  get retries(): number {
    return this.callOptions.retries ?? this.http.settings.retries;
  }

  /** The requests of the centre's own service. */
  get http(): Transport {
    return this.context.transport;
  }

  get log(): SafeLogger {
    return this.http.settings.log;
  }

  get redactor(): Redactor {
    return this.http.settings.redactor;
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
    return this.http.init({ op: this, ...at });
  }

  /** What an error about an answer starts from. */
  initAt(answer: Pick<ResponseHead, 'url' | 'status'>): SdcErrorInit {
    return { ...this.init(), url: this.redactor.url(answer.url), status: answer.status };
  }

  /** A request with the name, the signal and the limits of the call; what it says itself comes first. */
  request(own: OwnRequest): HttpRequest {
    const uncounted = this.#uncounted ? { uncounted: true } : {};
    return { ...this.callOptions, ...uncounted, ...defined(own), op: this };
  }

  /** Sends a request and reads its answer; the two are repeated together where that is safe. */
  send<T>(own: OwnRequest, read: (answer: HttpResponse) => Promise<T>): Promise<T> {
    return this.http.send(this.request(own), read);
  }

  text(own: OwnRequest): Promise<{ readonly text: string; readonly answer: ResponseHead }> {
    return this.http.text(this.request(own));
  }

  json(own: OwnRequest): Promise<unknown> {
    return this.http.json(this.request(own));
  }

  /** An answer whose body is left to the caller, who reads or discards it. */
  open(own: OwnRequest): Promise<HttpResponse> {
    return this.http.open(this.request(own));
  }

  /** Does the work of the call, whose start and end are published. */
  run<T>(work: () => Promise<T>): Promise<T> {
    this.#begun = true;
    return observed(this.publicCall, work);
  }

  /** What is published of the call since it began; a listing that is made before is a call of its own in each iteration. */
  get begun(): CallMessage | undefined {
    return this.#begun ? this.publicCall : undefined;
  }

  /** The same for a call that is a loop. */
  loop<G extends AsyncGenerator<unknown, unknown, undefined>>(loop: G): G {
    return observedLoop(this.publicCall, loop);
  }

  /**
   * The same call with another signal or other limits, as for one of its requests or pages.
   *
   * @param publicCall - Where each iteration is a call of its own.
   */
  with(limits: CallLimits, publicCall = this.publicCall): Operation<C> {
    return new Operation(
      this.name,
      this.context,
      { ...this.callOptions, ...limitsOf(limits) },
      { ...this.#whole, publicCall },
    );
  }

  /** The same call in another context, as that of a second service. */
  in<D extends ClientContext>(context: D): Operation<D> {
    return new Operation(this.name, context, this.callOptions, this.#whole);
  }

  /**
   * The same call, whose requests take no place among those of the client: for one that others wait for while they hold their places.
   */
  uncounted(): Operation<C> {
    return new Operation(this.name, this.context, this.callOptions, { ...this.#whole, uncounted: true });
  }

  /** @throws {@link ConfigError} (code `closed`) after the client's end. */
  assertOpen(): void {
    this.lifetime.assertOpen(this);
  }

  /** Warns in the log, in the name of the call. */
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void {
    this.say('warn', message, fields);
  }

  /** Writes a line into the log, in the name of the call. */
  say(level: keyof SafeLogger, message: string, fields?: Readonly<Record<string, unknown>>): void {
    this.log[level](`${this.name}: ${message}`, fields);
  }

  get #whole(): PartOf {
    return { publicCall: this.publicCall, uncounted: this.#uncounted };
  }

  /** The part of the call that changes something at the centre: its errors tell whether it may have been taken. */
  changing<T>(work: (delivery: Delivery) => Promise<T>): Promise<T> {
    return withDelivery(this.signal, work);
  }
}

export function limitsOf({ signal, timeoutMs, idleTimeoutMs, retries }: CallLimits): CallOptions {
  return defined({ signal, timeoutMs, idleTimeoutMs, retries });
}
