import type { SdcErrorInit } from '../../errors.js';
import { listDirectory, removeFile } from '../../core/files/directory.js';
import { baseName, below } from '../../core/files/paths.js';
import { exists } from '../../core/files/stat-file.js';
import { archives } from '../../core/transfer/zip/lazy.js';

/** The names of the files in an archive that is about to be replaced; none where there is none, or it cannot be read. */
export async function archivedNames(path: string, init: SdcErrorInit): Promise<ReadonlySet<string>> {
  if (!(await exists(path))) return new Set();
  const { listZip } = await archives(init);
  try {
    const members = await listZip(path);
    return new Set(members.map(({ name }) => plain(name)));
  } catch {
    return new Set();
  }
}

/**
 * Removes what earlier archives of a product left in its folder, so that it holds one processing: files that the archive
 * before held, and those that are named as the SCC names its files, with the measurement's id. Files of the user's own stay.
 *
 * @param folder - Where the archive was unpacked.
 * @param extracted - The files of the new one.
 * @param earlier - Names of the files of the archive before.
 */
export async function removeLeftovers(
  folder: string,
  id: string,
  extracted: readonly string[],
  earlier: ReadonlySet<string>,
): Promise<void> {
  const kept = new Set(extracted.map((path) => path.toLowerCase()));
  const types = new Set(extracted.map(typeOf));
  const isLeftover = (path: string): boolean => {
    if (kept.has(path.toLowerCase())) return false;
    return earlier.has(plain(path)) || (types.has(typeOf(path)) && baseName(path).includes(id));
  };
  for (const path of await filesBelow(folder)) if (isLeftover(path)) await removeFile(path);
}

async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const { name, kind } of await listDirectory(folder)) {
    const path = below(folder, name);
    if (kind === 'directory') files.push(...(await filesBelow(path)));
    else if (kind === 'file') files.push(path);
  }
  return files;
}

function typeOf(path: string): string {
  return /\.[^./\\]+$/u.exec(path.toLowerCase())?.[0] ?? '';
}

function plain(path: string): string {
  return path.toLowerCase().split(/[/\\]/u).at(-1) ?? '';
}
