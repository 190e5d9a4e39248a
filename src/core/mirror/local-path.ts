import { join } from 'node:path';
import { isNameOfPart, safeFileName } from '../transfer/file/file-name.js';

/** The folder of our own below the directory of a mirror. */
export const OWN_FOLDER = '.sdc';

/** Where the manifest of a mirror is. */
export function manifestPath(directory: string): string {
  return join(directory, OWN_FOLDER, 'manifest.jsonl');
}

/** Longer paths are refused by every file system. */
const LONGEST_PATH = 4096;
/** Words with endings, or without any. */
const PLAIN = /^\w[\w-]*(?:\.[\w-]+)*$/u;
/** Names of devices, whatever their ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

/**
 * Whether a path with slashes lies below the directory, whatever system it is on, and is neither one of our own files nor the part of
 * another one. Each step must be a name that every file system takes as it is.
 */
export function isLocalPath(path: string): boolean {
  if (path.length > LONGEST_PATH) return false;
  const steps = path.split('/');
  return steps.every((step) => isName(step) && !isNameOfPart(step)) && !isOwn(steps);
}

/** Most names are plain, and a manifest has many. */
function isName(step: string): boolean {
  if (step.length < 200 && PLAIN.test(step) && !RESERVED.test(step)) return true;
  return step !== '' && safeFileName(step, '') === step;
}

function isOwn([first = '']: readonly string[]): boolean {
  return first.toLowerCase() === OWN_FOLDER;
}

/** Where a path with slashes is on this disk. */
export function toLocal(directory: string, path: string): string {
  return join(directory, path);
}
