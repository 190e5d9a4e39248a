import { isSdcError, type Delivered } from '../../errors.js';

/** What an error says in place of "try again" where the request may have been taken. */
export const LOOK_FIRST = 'it may have been taken; look before you repeat';

/** One request that changes something at a centre. */
export class ChangingRequest {
  #sent = false;
  readonly repeatable: boolean;

  constructor(repeatable: boolean) {
    this.repeatable = repeatable;
  }

  get mayBeTaken(): boolean {
    return this.#sent;
  }

  /** Its bytes were handed to a connection, or may have been. */
  sent(): void {
    this.#sent = true;
  }

  /** It certainly took no effect: it never left, or the centre refused it. */
  notTaken(): void {
    this.#sent = false;
  }

  /** What to do about a failure: the usual advice, unless the request must not be repeated unseen. */
  advice(usual: string): string {
    return this.#sent && !this.repeatable ? LOOK_FIRST : usual;
  }
}

/**
 * Whether the requests of one call that change something may have taken effect. The transport records each of them; a request
 * counts from the moment in which its bytes are handed to a connection until an answer proves that it was refused.
 */
export class Delivery {
  readonly #requests: ChangingRequest[] = [];

  /** `maybe` as soon as one request may have taken effect. */
  get delivered(): Delivered {
    return this.#requests.some(({ mayBeTaken }) => mayBeTaken) ? 'maybe' : 'no';
  }

  /** Whether the call may be made again without harm. */
  get repeatable(): boolean {
    return this.#requests.every(({ mayBeTaken, repeatable }) => !mayBeTaken || repeatable);
  }

  /** @param repeatable - Sending it twice does no harm. */
  begin(repeatable: boolean): ChangingRequest {
    const request = new ChangingRequest(repeatable);
    this.#requests.push(request);
    return request;
  }

  /** What was sent so far was a preparation that is done, and does no harm twice: only what follows has the effect that was asked for. */
  prepared(): void {
    this.#requests.length = 0;
  }

  /** The answer to the latest request says in the centre's own way that it was not taken. */
  latestNotTaken(): void {
    this.#requests.at(-1)?.notTaken();
  }
}

/**
 * Makes a call that changes something. Its errors report whether it may have taken effect (`delivered`), and are not `retryable`
 * where it may have and must not be repeated unseen. What an abort rejects with is left as it is.
 */
export async function withDelivery<T>(
  signal: AbortSignal | undefined,
  work: (delivery: Delivery) => Promise<T>,
): Promise<T> {
  const delivery = new Delivery();
  try {
    return await work(delivery);
  } catch (error) {
    const isReason = signal?.aborted === true && signal.reason === error;
    if (!isReason && isSdcError(error)) {
      Object.assign(error, { delivered: delivery.delivered });
      if (delivery.delivered === 'maybe' && !delivery.repeatable) Object.assign(error, { retryable: false });
    }
    throw error;
  }
}
