import { existsSync, readdirSync, readlinkSync } from 'node:fs';

/** Whether {@link openFiles} can tell. */
export const TELLS_OPEN_FILES = existsSync('/proc/self/fd');

/** The paths of all files that this process has open (Linux). */
export function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      return []; // closed since it was listed
    }
  });
}
