import { types } from 'node:util';

/**
 * What a value is, whichever realm it comes from: test runners and `node:vm` have classes of their own, for which
 * `instanceof` is false.
 */

/** Whether it is a `Date`, an invalid one too. */
export function isDate(value: unknown): value is Date {
  return types.isDate(value);
}

/** Whether it is a `URL`. */
export function isUrl(value: unknown): value is URL {
  return value instanceof URL || (typeof value === 'object' && value !== null && tagOf(value) === 'URL');
}

/** Whether it is an `Error`, such as those of Node.js itself. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

/** `Object`, `Date`, `URL` and the like. */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}
