// Files of which no two places look alike.
import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';

/** Writes so many random bytes; gives back the path. */
export function randomFile(path, bytes) {
  const handle = openSync(path, 'w');
  const block = Buffer.alloc(Math.min(bytes, 16 * 1024 * 1024));
  for (let at = 0; at < bytes; at += block.length)
    writeSync(handle, randomFillSync(block), 0, Math.min(block.length, bytes - at));
  closeSync(handle);
  return path;
}
