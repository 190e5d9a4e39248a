import type { Centre, SdcErrorInit } from '../../errors.js';
import type { DateLike } from '../../types.js';
import { toDate } from '../util/dates.js';

const CENTRES = { scc: 'scc', imap: 'imap', hmi: 'hmi', scops: 'scops' } as const satisfies { [C in Centre]: C };

/** Bounds of a number, both included. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/**
 * The checks of the arguments of one public call. All throw `TypeError` or `RangeError` naming call and argument, before
 * anything is sent.
 */
export class Arguments {
  /** The public call, such as `hmi.query`. */
  readonly call: string;

  constructor(call: string) {
    this.call = call;
  }

  /**
   * What every error of the call starts from.
   *
   * @throws TypeError for the name of a call that does not begin with its centre, which is a bug of this package.
   */
  get init(): SdcErrorInit {
    const centre = Object.values(CENTRES).find((one) => this.call.startsWith(`${one}.`));
    if (centre === undefined) throw new TypeError(`${this.call} names no centre`);
    return { centre, operation: this.call };
  }

  /** What messages begin with, followed by the name of an argument. */
  label(name: string): string {
    return `${this.call}: ${name}`;
  }

  invalid(message: string, options?: ErrorOptions): TypeError {
    return new TypeError(this.label(message), options);
  }

  outOfRange(message: string): RangeError {
    return new RangeError(this.label(message));
  }

  /** A text that is not blank, and holds neither control characters nor half of a surrogate pair. */
  text(value: unknown, name: string): string {
    if (typeof value !== 'string' || value.trim() === '') throw this.invalid(`${name} must be a non-empty string`);
    if (/\p{Cc}/u.test(value)) throw this.invalid(`${name} must not contain control characters`);
    // No address and no file name can hold it.
    if (/\p{Cs}/u.test(value)) throw this.invalid(`${name} must not contain half of a surrogate pair`);
    return value;
  }

  /** A whole number, also written as text, within bounds. */
  integer(value: unknown, name: string, bounds: Bounds = {}): number {
    const number = typeof value === 'string' && /^[+-]?\d+$/u.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isSafeInteger(number))
      throw this.invalid(`${name} must be a whole number, got ${shown(value)}`);
    return this.#within(number, name, bounds);
  }

  /** A finite number within bounds. */
  number(value: unknown, name: string, bounds: Bounds = {}): number {
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw this.invalid(`${name} must be a number, got ${shown(value)}`);
    return this.#within(value, name, bounds);
  }

  /** One of a list; the message names the list. */
  oneOf<T extends string>(value: unknown, name: string, allowed: readonly T[]): T {
    const found = allowed.find((one) => one === value);
    if (found === undefined) throw this.invalid(`${name} must be one of ${allowed.join(', ')}; got ${shown(value)}`);
    return found;
  }

  /** A `Date`, or a text in ISO 8601. */
  date(value: DateLike, name: string): Date {
    return toDate(value, this.label(name));
  }

  #within(value: number, name: string, { min = -Infinity, max = Infinity }: Bounds): number {
    if (value < min || value > max) throw this.outOfRange(`${name} must be ${boundsText(min, max)}, got ${value}`);
    return value;
  }
}

function boundsText(min: number, max: number): string {
  if (max === Infinity) return `${min} or more`;
  return min === -Infinity ? `at most ${max}` : `from ${min} to ${max}`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80));
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/**
 * The elements of a source that has them already, as a list, so that all of them can be checked before the first request; an
 * asynchronous source as it is, whose elements are checked as they come.
 */
export function elementsOf<T>(source: Iterable<T> | AsyncIterable<T>): readonly T[] | AsyncIterable<T> {
  return Symbol.asyncIterator in source ? source : [...source];
}

/** Whether the elements are all there. */
export function isList<T>(elements: readonly T[] | AsyncIterable<T>): elements is readonly T[] {
  return Array.isArray(elements);
}
