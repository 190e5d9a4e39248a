import { isDiskError, readWords } from '../../core/files/system-error.js';
import { DataError } from '../data-error.js';
import type { ByteSource } from './byte-source.js';

/** The same source, of which nothing is read once it is closed; failures of the disk are errors in words. */
export function untilClosed(source: ByteSource): ByteSource {
  const { path, size, readSync, readInPieces } = source;
  let isClosed = false;
  const requireOpen = (): void => {
    if (isClosed) throw new DataError('the file is closed', { path });
  };
  const failure = (error: unknown, offset: number): unknown =>
    isDiskError(error) ? new DataError(`cannot be read: ${readWords(error)}`, { path, offset, cause: error }) : error;
  const guarded = async <T>(offset: number, work: () => Promise<T>): Promise<T> => {
    requireOpen();
    try {
      return await work();
    } catch (error) {
      throw failure(error, offset);
    }
  };
  return {
    path,
    size,
    read: (offset, length) => guarded(offset, () => source.read(offset, length)),
    readInPieces: readInPieces && ((offset, length, use) => guarded(offset, () => readInPieces(offset, length, use))),
    readSync:
      readSync === undefined
        ? undefined
        : (offset, target) => {
            requireOpen();
            try {
              readSync(offset, target);
            } catch (error) {
              throw failure(error, offset);
            }
          },
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      await source.close();
    },
  };
}
