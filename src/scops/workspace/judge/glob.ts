import { directoryAccess } from '../../../core/files/directory-access.js';
import { listDirectory } from '../../../core/files/directory.js';
import { below } from '../../../core/files/paths.js';

/** Whether a directory is there, links included. */
export function isDirectory(path: string): boolean {
  const access = directoryAccess(path);
  return access !== 'missing' && access !== 'not-a-directory';
}

/** The directories that an absolute pattern names, as Python's `glob` reads `*`, `?` and `[…]`; the worker takes any of them. */
export async function matchingDirectories(pattern: string): Promise<string[]> {
  let found = ['/'];
  for (const part of pattern.split('/').filter((one) => one !== '')) {
    const next = await Promise.all(found.map((directory) => inside(directory, part)));
    found = next.flat().filter(isDirectory);
  }
  return found;
}

async function inside(directory: string, part: string): Promise<string[]> {
  if (!/[*?[]/u.test(part)) return [below(directory, part)];
  const name = matcher(part);
  try {
    const entries = await listDirectory(directory);
    return entries.flatMap((entry) => (name.test(entry.name) ? [below(directory, entry.name)] : []));
  } catch {
    return [];
  }
}

function matcher(part: string): RegExp {
  const hidden = part.startsWith('.') ? '' : '(?!\\.)';
  const body = part.replace(
    /\[([!^]?)([^\]]+)\]|([\s\S])/gu,
    (_found, not: string | undefined, set: string | undefined, one: string) => {
      if (set !== undefined) return `[${not ? '^' : ''}${set.replace(/[\\[\]^]/gu, '\\$&')}]`;
      if (one === '*') return '.*';
      return one === '?' ? '.' : one.replace(/[\\^$.*+?()[\]{}|/-]/u, '\\$&');
    },
  );
  return new RegExp(`^${hidden}${body}$`, 'su');
}
