import { isDate, isUrl } from '../util/realms.js';
import type { Arguments, Bounds } from './arguments.js';
import { isObject, kindOf, shown, type AnyKind, type Kind, type Place } from './kind.js';
import { MAX_TIMER_MS } from '../util/time.js';

// Rooms declare their arguments with this module alone.
export { isObject, kindOf, needed, neededLater, type Kind } from './kind.js';

const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number' && !Number.isNaN(value);
const isAddress = (value: unknown): boolean => isText(value) || isUrl(value);

/** Any text, the empty one too. */
export const text: Kind<string> = kindOf('a string', isText);

/** A text that may be a secret: what was given instead is not shown, not even a number. */
export const secret: Kind<string> = {
  ...text,
  check: (value, { arguments: args, name }) => {
    if (typeof value !== 'string') throw args.invalid(`${name} must be a string`);
  },
};

export const sha256: Kind<string> = kindOf(
  'a SHA-256 digest of 64 hexadecimal digits',
  (value) => typeof value === 'string' && /^[\da-f]{64}$/iu.test(value),
);

/** An option that has no meaning in this call, with the reason. */
export function refused<T>(why: string): Kind<T> {
  return {
    ...kindOf<T>('left out', () => false),
    check: (_value, { arguments: args, name }) => {
      throw args.invalid(`${name} ${why}`);
    },
  };
}

/** A word of `T` that the call itself checks, for instance where the list of words depends on another argument. */
export function word<T extends string>(): Kind<T> {
  return kindOf('a string', isText);
}

/** Any value; it is checked by the room itself. */
export function judgedBy<T>(what: string, judge: (value: unknown, args: Arguments) => unknown): Kind<T> {
  return kindOf(
    what,
    () => true,
    (value, { arguments: args }) => {
      judge(value, args);
    },
  );
}

export const flag: Kind<boolean> = kindOf('true or false', (value) => typeof value === 'boolean');

export const addressOrFalse: Kind<string | URL | false> = kindOf(
  'a string, a URL or false',
  (value) => value === false || isAddress(value),
);

/** A path or an address. */
export const address: Kind<string | URL> = kindOf('a string or a URL', isAddress);

/** What text or `Date` is a moment is for the room to say. */
export const date: Kind<Date | string> = kindOf(
  'a Date or a string',
  (value) => isText(value) || isDate(value),
  (value, { arguments: args, name }) => {
    if (isDate(value) && Number.isNaN(value.getTime())) throw args.invalid(`${name} is an invalid Date`);
  },
);

/** A signal of any realm. */
export const signal: Kind<AbortSignal> = kindOf('an AbortSignal', (value) => {
  if (typeof value !== 'object' || value === null || !('aborted' in value)) return false;
  const methods = ['addEventListener', 'removeEventListener', 'throwIfAborted'];
  return (
    typeof value.aborted === 'boolean' && methods.every((name) => typeof Reflect.get(value, name, value) === 'function')
  );
});

/** A number whose bounds the call itself checks, `NaN` included. */
export const anyNumber: Kind<number> = kindOf('a number', (value) => typeof value === 'number');

export function number(bounds: Bounds = {}): Kind<number> {
  return kindOf('a number', isNumber, (value, { arguments: args, name }) => args.number(value, name, bounds));
}

export function whole(bounds: Bounds = {}): Kind<number> {
  return kindOf('a whole number', isNumber, (value, { arguments: args, name }) => args.integer(value, name, bounds));
}

/** A limit in milliseconds that a timer can count. */
export const limitMs: Kind<number> = number({ min: 1, max: MAX_TIMER_MS });

/** A pause or deadline in milliseconds; `Infinity` for none. */
export const durationMs: Kind<number> = kindOf(
  'a number of milliseconds',
  anyNumber.is,
  (value, { arguments: args, name }) => {
    if (!(Number(value) >= 0)) throw args.outOfRange(`${name} must be a number of milliseconds, 0 or more`);
  },
);

export function oneOf<const T extends string>(...words: readonly T[]): Kind<T> {
  return kindOf(`one of ${words.join(', ')}`, isText, (value, { arguments: args, name }) => {
    args.oneOf(value, name, words);
  });
}

/** A function; which one, the compiler knows. */
export function callback<F extends (...values: never[]) => unknown>(): Kind<F> {
  return kindOf('a function', (value) => typeof value === 'function');
}

export function list<T>(element: Kind<T, boolean>): Kind<readonly T[]> {
  return kindOf(`a list whose elements are each ${element.what}`, Array.isArray, (value, place) => {
    if (!Array.isArray(value)) return;
    // By index, since a hole is an element that is missing.
    for (let at = 0; at < value.length; at += 1) element.check(value[at], elementOf(place, at));
  });
}

export function pair<T>(element: Kind<T, boolean>): Kind<readonly [T, T]> {
  return kindOf(
    `a list of two, each being ${element.what}`,
    (value) => Array.isArray(value) && value.length === 2,
    (value, place) => {
      list(element).check(value, place);
    },
  );
}

/** An object with names of the caller's own, each value of one kind. */
export function record<T>(element: Kind<T, boolean>): Kind<Readonly<Record<string, T>>> {
  return kindOf('an object', isObject, (value, { name, ...place }) => {
    if (!isObject(value)) return;
    for (const [key, one] of Object.entries(value)) {
      const own = `${name}[${JSON.stringify(key.slice(0, 60))}]`;
      element.check(one, { ...place, name: own, prefix: `${own}.` });
    }
  });
}

/** Something to go through, but no text. Elements of a list are checked at once if their kind is named, others as they come. */
export function iterable<T>(what: string, element?: AnyKind): Kind<T> {
  return kindOf(what, isIterable, (value, place) => {
    if (element === undefined || !Array.isArray(value)) return;
    for (let at = 0; at < value.length; at += 1) element.check(value[at], elementOf(place, at));
  });
}

/** Whether a value can be gone through, at once or as its elements come. */
function isIterable(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return [Symbol.iterator, Symbol.asyncIterator].some((name) => typeof Reflect.get(value, name, value) === 'function');
}

export function either<A, B>(first: Kind<A, boolean>, second: Kind<B, boolean>): Kind<A | B> {
  const fits = (value: unknown): Kind<A, boolean> | Kind<B, boolean> | undefined =>
    first.is(value) ? first : second.is(value) ? second : undefined;
  return {
    what: `${first.what} or ${second.what}`,
    needed: false,
    is: (value) => fits(value) !== undefined,
    check: (value, place) => {
      const kind = fits(value);
      if (kind === undefined)
        throw place.arguments.invalid(`${place.name} must be ${first.what} or ${second.what}, got ${shown(value)}`);
      kind.check(value, place);
    },
  };
}

function elementOf({ name, ...place }: Place, at: number): Place {
  const own = `${name}[${at}]`;
  return { ...place, name: own, prefix: `${own}.` };
}
