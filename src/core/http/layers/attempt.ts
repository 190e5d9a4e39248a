import type { SdcErrorInit } from '../../../errors.js';
import type { ChangingRequest } from '../../operation/delivery.js';
import type { HttpRequest } from '../request.js';
import type { Handlers } from '../handlers/handlers.js';
import { initOf, type TransportSettings } from '../settings.js';

/** Which attempt of a call it is. */
export interface Turn {
  /** From 1. */
  readonly attempts: number;
  /** No other follows once it has left. */
  readonly last: boolean;
  /** Called when the body of the answer that was handed over is over. */
  readonly done: () => void;
}

/** What a client sends with. */
export interface Sender {
  readonly settings: TransportSettings;
  readonly handlers: Handlers;
}

/** One attempt of a call: what its layers share. */
export class Attempt {
  readonly settings: TransportSettings;
  readonly handlers: Handlers;
  readonly call: HttpRequest;
  readonly signal: AbortSignal;
  readonly turn: Turn;
  /** Whether it changes something, and may have been taken. */
  readonly changing: ChangingRequest | undefined;
  #handedOver = false;

  constructor({ settings, handlers }: Sender, call: HttpRequest, signal: AbortSignal, turn: Turn) {
    this.settings = settings;
    this.handlers = handlers;
    this.call = call;
    this.signal = signal;
    this.turn = turn;
    this.changing = call.delivery?.begin(call.safeToRetry === true);
  }

  get timeoutMs(): number {
    return this.call.timeoutMs ?? this.settings.timeoutMs;
  }

  get idleTimeoutMs(): number {
    return this.call.idleTimeoutMs ?? this.settings.idleTimeoutMs;
  }

  /** What an error about an address starts from. */
  init(url: URL): SdcErrorInit {
    return {
      ...initOf(this.settings, this.call),
      url: this.settings.redactor.url(url),
      attempts: this.turn.attempts,
    };
  }

  /** What to do about a failure: the usual advice, unless the request may have been taken. */
  advice(usual: string): string {
    return this.changing === undefined ? usual : this.changing.advice(usual);
  }

  /** From here on the answer is the caller's. */
  handOver(): void {
    this.#handedOver = true;
  }

  /** The body of an answer is over. */
  bodyOver(): void {
    if (this.#handedOver) this.turn.done();
  }
}
