import { open } from 'node:fs/promises';
import { manifestPath } from './local-path.js';
import { ManifestLines } from './manifest-lines.js';

/**
 * Reads the manifest of a mirror once, without the centre that it came from.
 *
 * @throws the error of the system for one that cannot be read, or is not there.
 */
export async function recordedIn(directory: string): Promise<Pick<ManifestLines, 'entries' | 'damaged'>> {
  const handle = await open(manifestPath(directory), 'r');
  try {
    const lines = new ManifestLines();
    await lines.read(handle);
    return lines;
  } finally {
    await handle.close();
  }
}
