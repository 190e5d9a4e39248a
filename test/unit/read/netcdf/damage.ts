import { DataError } from '../../../../src/read/data-error.js';
import { memorySource } from '../../../../src/read/source/sources.js';
import type { ByteSource } from '../../../../src/read/source/byte-source.js';
import type { DataFile } from '../../../../src/read/types.js';

/** Opens a damaged file and reads all that it holds: anything but an answer or a `DataError` is thrown. */
export async function readAll(content: Uint8Array, open: (source: ByteSource) => Promise<DataFile>): Promise<void> {
  try {
    await using file = await open(memorySource(content));
    for (const variable of file.variables.values()) await variable.read().catch(onlyDataError);
  } catch (error) {
    onlyDataError(error);
  }
}

function onlyDataError(error: unknown): void {
  if (!(error instanceof DataError)) throw error;
}
