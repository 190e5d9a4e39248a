import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { TransferError, type SdcErrorInit } from '../../../errors.js';
import { readRange } from '../../files/read-range.js';
import { unpackZip } from './unpack.js';
import { onDisk } from '../failures.js';
import { digestOfFile } from '../body/digest.js';
import type { Replaced } from '../types.js';

/**
 * Replaces an archive by the one file that it was fetched for; a file that is not an archive is left as it is.
 *
 * @throws {@link TransferError} when the archive is damaged or holds no such file.
 */
export async function replaceByMember(
  path: string,
  wanted: (name: string) => boolean,
  init: SdcErrorInit,
  signal: AbortSignal,
): Promise<Replaced | undefined> {
  const [p, k] = await onDisk(init, path, () => readRange(path, 0, 2));
  if (p !== 0x50 || k !== 0x4b) return undefined;
  const folder = join(dirname(path), `.${basename(path).slice(0, 100)}.unpacked`);
  // One that was killed may have left it.
  await onDisk(init, folder, () => rm(folder, { recursive: true, force: true }));
  try {
    const files = await unpackZip(path, folder, { init, signal });
    const member = files.find((file) => wanted(basename(file)));
    if (member === undefined) {
      throw new TransferError(
        `the archive holds none of the requested files (it holds ${
          files
            .map((file) => basename(file))
            .slice(0, 5)
            .join(', ') || 'nothing'
        })`,
        init,
      );
    }
    await onDisk(init, path, () => rename(member, path));
    return await onDisk(init, path, () => measure(path, signal));
  } finally {
    // What cannot be removed must not hide how it went.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function measure(path: string, signal: AbortSignal): Promise<Replaced> {
  return { bytes: (await stat(path)).size, sha256: await digestOfFile(path, 'sha256', signal) };
}
