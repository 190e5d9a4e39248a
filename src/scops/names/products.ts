import type { Arguments } from '../../core/operation/arguments.js';
import { PRODUCT_SUFFIX } from '../centre.js';
import { parseProcessingId, show } from './ids.js';

const PRODUCT = /^[A-Za-z0-9_]{1,80}$/u;
const ARCHIVE_SUFFIX = `${PRODUCT_SUFFIX}.zip`;

/** A product's name: letters, digits, underscores. */
export function requireProductName(args: Arguments, name: unknown): string {
  if (typeof name !== 'string' || !PRODUCT.test(name))
    throw args.invalid(`a product name holds letters, digits and _ only, such as f21701; got ${show(name)}`);
  return name;
}

/** Name of the archive of a product; the server calls it so, too. */
export function archiveName(product: string): string {
  return `${product}${ARCHIVE_SUFFIX}`;
}

/** Base names in the archive of a product. */
export function archiveMembers(product: string): string[] {
  return [`${product}${PRODUCT_SUFFIX}`, `${product}${PRODUCT_SUFFIX}.hdr`];
}

/** The product whose archive has this name; `undefined` for the archive of a whole order. */
export function productIn(archive: string): string | undefined {
  return archive.endsWith(ARCHIVE_SUFFIX) ? archive.slice(0, -ARCHIVE_SUFFIX.length) : undefined;
}

/** Name of the archive of a whole order: `<project>_<year><day of three digits>.zip`. */
export function projectArchiveName(processingId: string): string {
  const parts = parseProcessingId(processingId);
  if (parts === undefined) return `${processingId}.zip`;
  return `${parts.project}_${parts.year}${String(parts.day).padStart(3, '0')}.zip`;
}
