import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { accessSync, constants, statSync } from 'node:fs';
import type { Arguments } from '../operation/arguments.js';
import { systemCode } from './system-error.js';

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
}

/** What a directory holds, by name; links are `other`. */
export async function listDirectory(path: string): Promise<DirectoryEntry[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .map((entry) => ({ name: entry.name, kind: kindOf(entry.isFile(), entry.isDirectory()) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function kindOf(isFile: boolean, isDirectory: boolean): DirectoryEntry['kind'] {
  if (isFile) return 'file';
  return isDirectory ? 'directory' : 'other';
}

/** Makes a directory and those above it, where they are missing. */
export async function ensureDirectory(path: string): Promise<void> {
  // Not `recursive: true`: on file systems that refuse with ENOENT, such as /proc, Node.js then never comes back.
  try {
    await makeOne(path);
  } catch (error) {
    const above = dirname(path);
    if (systemCode(error) !== 'ENOENT' || above === path) throw error;
    await ensureDirectory(above);
    await makeOne(path);
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error;
  }
}

async function leadsToFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return true;
  }
}

/** Removes a file, if it is there. */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

/**
 * The paths of the files in a folder that the user named, in order of name. A link to a file is a file, and one that leads nowhere
 * too, so that it is missed when it is opened. What begins with a dot belongs to a program: `._name` of macOS, lock files.
 *
 * @throws `TypeError` when it is missing, cannot be read or is not a folder.
 */
export async function listFiles(path: string, label: string, args: Arguments): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const shown = entries.filter(({ name }) => !name.startsWith('.'));
    const files = await Promise.all(
      shown.map(async (entry) => {
        const file = join(path, entry.name);
        return entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(file))) ? [file] : [];
      }),
    );
    return files.flat().sort();
  } catch (error) {
    const code = systemCode(error);
    const why =
      code === 'ENOENT'
        ? 'does not exist'
        : code === 'ENOTDIR'
          ? 'is not a folder'
          : `cannot be read (${code ?? 'unknown'})`;
    throw args.invalid(`${label} ${why}: ${path}`, { cause: error });
  }
}

/** What a program may do in a directory. */
export type DirectoryAccess = 'writable' | 'read-only' | 'missing' | 'not-a-directory';

/** Checks a directory that a setting names; synchronously, for settings that are read in a constructor. */
export function directoryAccess(path: string): DirectoryAccess {
  try {
    if (!statSync(path).isDirectory()) return 'not-a-directory';
  } catch {
    return 'missing';
  }
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return 'writable';
  } catch {
    return 'read-only';
  }
}
