import { accessSync, constants, statSync } from 'node:fs';

/** What a program may do in a directory. */
export type DirectoryAccess = 'writable' | 'read-only' | 'missing' | 'not-a-directory';

/** Looks at a directory that a setting names; at once, for settings that are read when an object is made. */
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
