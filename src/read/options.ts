import { nearestName } from '../core/util/nearest-name.js';
import { tagOf } from '../core/util/realms.js';

/**
 * Requires options to be an object of these names only; others may be there without a value.
 *
 * @param call - Which call they were given to, for the message.
 * @throws `TypeError` when they are not, with the name that is nearest to an unknown one.
 */
export function requireNames(call: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TypeError(`${call}: options must be an object`);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || known.includes(name)) continue;
    throw new TypeError(`${call}: unknown option ${quoted(name)}${advice(name, known)}`);
  }
}

/** @throws `TypeError` when a value is given that is not an `AbortSignal`. */
export function requireSignal(call: string, value: unknown): void {
  if (value === undefined || value instanceof AbortSignal) return;
  if (typeof value !== 'object' || value === null || tagOf(value) !== 'AbortSignal')
    throw new TypeError(`${call}: signal must be an AbortSignal`);
}

/** A name as messages show it. */
export const quoted = (name: string): string => JSON.stringify(name.slice(0, 60));

/** The known name that an unknown one is nearest to, or all of them. */
export function advice(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === undefined ? `; the known ones are ${known.join(', ')}` : `; did you mean ${quoted(near)}?`;
}
