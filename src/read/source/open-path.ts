import { stat } from 'node:fs/promises';
import { readWords, systemCode } from '../../core/files/system-error.js';
import { DataError } from '../data-error.js';
import type { ByteSource } from './byte-source.js';
import { gunzipped, isGzip } from './gunzip.js';
import { fileSource } from './sources.js';

/**
 * A file on the disk, decompressed where it is gzip.
 *
 * @throws `DataError` when there is none, when it cannot be opened, or when the gzip is damaged.
 */
export async function openPath(path: string, signal?: AbortSignal): Promise<ByteSource> {
  signal?.throwIfAborted();
  // Before it is opened: the opening of a pipe would wait for a writer.
  await requireFile(path);
  try {
    return await plain(await fileSource(path, signal), signal);
  } catch (error) {
    throw openFailed(error, path);
  }
}

/** The same source, or what is in it where it is gzip; closed when that fails. */
export async function plain(source: ByteSource, signal?: AbortSignal): Promise<ByteSource> {
  let isPacked: boolean;
  try {
    isPacked = await isGzip(source);
  } catch (error) {
    await source.close();
    throw error;
  }
  return isPacked ? gunzipped(source, signal) : source;
}

async function requireFile(path: string): Promise<void> {
  try {
    const found = await stat(path);
    if (found.isFile()) return;
    throw new DataError(
      found.isDirectory() ? 'this is a folder; give the path of a file in it' : 'this is not a regular file',
      {
        path,
      },
    );
  } catch (error) {
    throw openFailed(error, path);
  }
}

function openFailed(error: unknown, path: string): unknown {
  const code = systemCode(error);
  if (code === undefined || error instanceof DataError) return error;
  const words = code === 'ENOENT' || code === 'ENOTDIR' ? 'no such file' : readWords(error);
  return new DataError(`cannot be opened: ${words}`, { path, cause: error });
}
