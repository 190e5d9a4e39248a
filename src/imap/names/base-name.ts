import { refuse } from './invalid.js';

/**
 * The last component of a name or path: directories that were given never become part of an archive path.
 *
 * @throws `InvalidImapFileName` for empty names and names with control characters; `TypeError` for other types.
 */
export function baseName(name: string): string {
  if (typeof name !== 'string') throw new TypeError('an IMAP file name must be a text');
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  refuse(name, [
    base === '' ? { reason: 'pattern', text: 'it ends without a file name' } : undefined,
    /\p{Cc}/u.test(base) ? { reason: 'pattern', text: 'it contains control characters' } : undefined,
  ]);
  return base;
}
