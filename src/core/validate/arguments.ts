/** Checks of arguments, done before any request. All throw `TypeError` or `RangeError` and name operation and argument. */

/** A text that is not blank and holds no control characters. */
export function requireText(value: unknown, label: string, operation: string): string {
  if (typeof value !== 'string' || value.trim() === '')
    throw new TypeError(`${operation}: ${label} must be a text that is not empty`);
  if (/\p{Cc}/u.test(value)) throw new TypeError(`${operation}: ${label} must not contain control characters`);
  return value;
}

/** A whole number, also written as text, within bounds. */
export function requireInteger(
  value: unknown,
  label: string,
  operation: string,
  bounds: { readonly min?: number; readonly max?: number } = {},
): number {
  const number = typeof value === 'string' && /^[+-]?\d+$/u.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
    throw new TypeError(`${operation}: ${label} must be a whole number, got ${show(value)}`);
  }
  const { min = -Infinity, max = Infinity } = bounds;
  if (number < min || number > max)
    throw new RangeError(`${operation}: ${label} must be ${boundsText(min, max)}, got ${number}`);
  return number;
}

/** A finite number within bounds. */
export function requireNumber(
  value: unknown,
  label: string,
  operation: string,
  bounds: { readonly min?: number; readonly max?: number } = {},
): number {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new TypeError(`${operation}: ${label} must be a number, got ${show(value)}`);
  const { min = -Infinity, max = Infinity } = bounds;
  if (value < min || value > max)
    throw new RangeError(`${operation}: ${label} must be ${boundsText(min, max)}, got ${value}`);
  return value;
}

/** One of a list; the message names the list. */
export function requireOneOf<T extends string>(
  value: unknown,
  allowed: readonly T[],
  label: string,
  operation: string,
): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined)
    throw new TypeError(`${operation}: ${label} must be one of ${allowed.join(', ')}; got ${show(value)}`);
  return found;
}

function boundsText(min: number, max: number): string {
  if (max === Infinity) return `${min} or more`;
  return min === -Infinity ? `at most ${max}` : `from ${min} to ${max}`;
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80));
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
