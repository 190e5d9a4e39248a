import { tagOf } from '../util/realms.js';
import type { Arguments } from './arguments.js';

/** The position of a value in a call, for messages. */
export interface Place {
  readonly arguments: Arguments;
  /** What the value is called: `series`, `harpnum`, `lines[0].bands`. */
  readonly name: string;
  /** The prefix of the names of its fields: nothing for an argument itself, `lines[0].` further down. */
  readonly prefix: string;
}

/** What an argument or option must be, without its type. */
export interface AnyKind {
  /** In words, for messages: `a function`. */
  readonly what: string;
  /** Whether it must be given. */
  readonly needed: boolean;
  /** A value that is missing is reported by the call itself, which can say more about it. */
  readonly reportedLater?: boolean;
  /** Whether a value is of this kind as far as its outside shows. */
  readonly is: (value: unknown) => boolean;
  /** @throws `TypeError` or `RangeError` naming the place. */
  readonly check: (value: unknown, place: Place) => void;
}

/**
 * What an argument or option must be.
 *
 * `T` is its public type. It is compared by the compiler in both directions, so that a declaration cannot drift from the
 * type that it is about.
 */
export interface Kind<T, Needed extends boolean = false> extends AnyKind {
  readonly needed: Needed;
  /** Never set. Makes `T` invariant. */
  readonly type?: (value: T) => T;
}

/** Makes a kind of a test of the outside and, where the inside counts too, a check of it. */
export function kindOf<T>(
  what: string,
  is: (value: unknown) => boolean,
  checkInside?: (value: unknown, place: Place) => void,
): Kind<T> {
  return {
    what,
    needed: false,
    is,
    check: (value, place) => {
      if (!is(value)) throw place.arguments.invalid(`${place.name} must be ${what}, got ${shown(value)}`);
      checkInside?.(value, place);
    },
  };
}

/** The same kind, which must be given. */
export function needed<T>(kind: Kind<T, boolean>): Kind<T, true> {
  return { ...kind, needed: true };
}

/** The same kind, which must be given; the call itself says so when it is missing, with more words or another error. */
export function neededLater<T>(kind: Kind<T, boolean>): Kind<T, true> {
  return { ...kind, needed: true, reportedLater: true };
}

/** A value in a message. Texts are not repeated: they may be secrets in the wrong place. */
export function shown(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'boolean' || typeof value === 'number')
    return String(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'a string';
  return isObject(value) ? 'an object' : `a ${typeof value === 'object' ? tagOf(value) : typeof value}`;
}

/** An object with named fields: no list, date, function, signal, map or address. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && tagOf(value) === 'Object';
}
