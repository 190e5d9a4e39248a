import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isUrl } from '../util/realms.js';

/**
 * An absolute local path from what a user may give: a path, or a `file:` URL.
 *
 * @param label - What the value is, for the message: `imap.upload: file`.
 * @throws `TypeError` when it is neither.
 */
export function toPath(value: string | URL, label = 'path'): string {
  if (isUrl(value)) {
    if (value.protocol !== 'file:')
      throw new TypeError(`${label} must be a path or a file: URL, got ${value.protocol}`);
    return fileURLToPath(value);
  }
  if (typeof value !== 'string' || value === '') throw new TypeError(`${label} must be a path or a file: URL`);
  if (value.includes('\0')) throw new TypeError(`${label} must not contain a null character`);
  return resolve(value);
}

export function baseName(path: string): string {
  return basename(path);
}

export function below(directory: string, ...names: readonly string[]): string {
  return join(directory, ...names);
}

/** A name beside a file. */
export function besides(file: string, name: string): string {
  return join(dirname(file), name);
}
