import { isKnownProduct, SCC_PRODUCTS } from './endpoints.js';
import type { SccProduct } from './types.js';

const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/iu;

/**
 * A product: one of the usual ones, or any other name, since what the measurement's page links is not ours to know. One that is
 * nearly that of a usual one is taken for a mistake.
 */
export function requireProduct(value: unknown, label: string, operation: string): SccProduct {
  if (typeof value !== 'string' || !NAME.test(value))
    throw new TypeError(
      `${operation}: ${label} must be names of products, such as ${SCC_PRODUCTS.join(', ')}; got ${JSON.stringify(value)}`,
    );
  if (isKnownProduct(value)) return value;
  const meant = SCC_PRODUCTS.find((known) => isNearly(value, known));
  if (meant !== undefined)
    throw new TypeError(`${operation}: ${label}: unknown product ${JSON.stringify(value)}; did you mean ${meant}?`);
  return value;
}

/** Other case, or one letter too many, too few or wrong; a digit more makes another product. */
function isNearly(name: string, known: string): boolean {
  const given = name.toLowerCase().replace(/[-_]/gu, '');
  if (given === known) return true;
  if (/\d/u.test(given) || given.length < 4 || Math.abs(given.length - known.length) > 1) return false;
  let same = 0;
  while (same < given.length && given[same] === known[same]) same += 1;
  const [one, other] = [given.slice(same), known.slice(same)];
  return one.slice(1) === other.slice(1) || one === other.slice(1) || one.slice(1) === other;
}
