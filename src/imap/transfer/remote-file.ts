import { join } from 'node:path';
import { toPath } from '../../core/files/paths.js';
import type { Arguments } from '../../core/operation/arguments.js';
import { safeFileName } from '../../core/transfer/file/file-name.js';
import type { ImapOperation } from '../context.js';
import { InvalidImapFileName } from '../names/invalid.js';
import { parseImapFileName, tryParseImapFileName } from '../names/parse.js';
import { ARCHIVE_FOLDER, SPICE_FOLDER_2024 } from '../routes.js';
import type { Downloadable } from '../types.js';

/** A file of the archive and its place here. */
export interface RemoteFile {
  /** What was asked for: the text itself, or the row's path. */
  readonly source: string;
  /** Path in the archive. */
  readonly key: string;
  /** Folder below the data directory. */
  readonly folder: string;
  readonly name: string;
}

/**
 * Finds a file's place in the archive and below the data directory. Of a name or path only the last part counts; of a
 * row the path that the server named.
 *
 * @throws `InvalidImapFileName` for names of no class, `TypeError` for anything that is neither a name nor a row.
 */
export function remoteFileOf(args: Arguments, file: Downloadable): RemoteFile {
  if (typeof file === 'string') {
    const path = pathOf(file);
    return { source: file, key: path, ...split(path) };
  }
  const key: unknown = typeof file === 'object' ? Reflect.get(file, 'filePath') : undefined;
  if (typeof key !== 'string' || !isKey(key)) {
    throw args.invalid('file must be a file name, a path or a row with filePath');
  }
  const path = tryParseImapFileName(key, { lax: true })?.path() ?? contained(key);
  return { source: key, key, ...split(path) };
}

/** Where a file goes: the archive's own layout below the data directory, or flat into a folder of the caller's choice. */
export function directoryOf(
  { arguments: args, context }: ImapOperation,
  { folder }: RemoteFile,
  directory: string | URL | undefined,
): string {
  if (directory !== undefined) return toPath(directory, args.label('directory'));
  return join(context.settings.dataDir, ...folder.split('/'));
}

/**
 * The place of a name or path. A whole path of the archive counts as it is where its name is only new: of an instrument or level that
 * this version does not know, or a kernel of the server of 2024, which takes any name.
 */
function pathOf(file: string): string {
  try {
    return parseImapFileName(file, { lax: true }).path();
  } catch (error) {
    const key = file.replace(/^\/+/u, '');
    const isNew = error instanceof InvalidImapFileName && /^(?:instrument|data_level)$/u.test(error.reason);
    if (!isKey(key) || !(key.startsWith(SPICE_FOLDER_2024) || (key.startsWith(ARCHIVE_FOLDER) && isNew))) throw error;
    return contained(key);
  }
}

function split(path: string): { folder: string; name: string } {
  const at = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(0, at)), name: path.slice(at + 1) };
}

function isKey(key: string): boolean {
  return key !== '' && !key.split('/').some((part) => part === '' || part === '.' || part === '..');
}

/** A path of no known class, each part made harmless. */
function contained(key: string): string {
  return key
    .split('/')
    .map((part) => safeFileName(part, 'file'))
    .join('/');
}
