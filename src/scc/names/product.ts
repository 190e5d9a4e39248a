import type { Arguments } from '../../core/operation/arguments.js';
import { editDistance } from '../../core/util/nearest-name.js';
import { productEntry, SCC_PRODUCTS } from '../centre.js';
import type { KnownProduct, SccProduct } from '../types.js';

const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/iu;

/** Whether a product is one of those that this package knows by itself. */
export function isKnownProduct(product: SccProduct): product is KnownProduct {
  return SCC_PRODUCTS.some((known) => known === product);
}

/** The name of the file that holds a product: the raw measurement, or an archive. */
export function productFileName(product: SccProduct, id: string): string {
  return product === 'raw' ? `${id}.nc` : `${productEntry(product).path}_${id}.zip`;
}

/**
 * A product: one of the usual ones, or any other name, since what the measurement's page links is not ours to know. One that is
 * nearly that of a usual one is taken for a mistake.
 *
 * @param args - Those of the call that it is for.
 * @param value - The name.
 * @param label - What the value is called, for messages.
 * @returns The name itself.
 * @throws `TypeError` for what cannot be the name of a product, and for a near miss, with the intended name.
 */
export function requireProduct(args: Arguments, value: unknown, label: string): SccProduct {
  if (typeof value !== 'string' || !NAME.test(value))
    throw args.invalid(
      `${label} must be product names, such as ${SCC_PRODUCTS.join(', ')}; got ${JSON.stringify(value)}`,
    );
  if (isKnownProduct(value)) return value;
  const meant = SCC_PRODUCTS.find((known) => isNearly(value, known));
  if (meant !== undefined)
    throw args.invalid(`${label}: unknown product ${JSON.stringify(value)}; did you mean ${meant}?`);
  return value;
}

/** Other case, or one letter too many, too few or wrong; a digit more makes another product. */
function isNearly(name: string, known: string): boolean {
  const given = name.toLowerCase().replace(/[-_]/gu, '');
  return given === known || (!/\d/u.test(given) && given.length > 2 && editDistance(given, known) <= 1);
}
