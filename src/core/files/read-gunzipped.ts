import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/**
 * Reads a file in gzip as what is in it, and hands that to a reader, piece by piece; whatever the reader leaves is read on
 * to the end, so that the checksum is compared. A reader that throws ends it at once.
 *
 * @throws the errors of `node:zlib` for a file that is cut off or damaged, and the signal's reason after an abort.
 */
export async function readGunzipped<T>(
  path: string,
  signal: AbortSignal | undefined,
  read: (content: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const outcome: { value?: T } = {};
  try {
    await pipeline(
      createReadStream(path),
      createGunzip(),
      async (content: AsyncIterable<Uint8Array>) => {
        const chunks = content[Symbol.asyncIterator]();
        // Without `return`, so that a reader that leaves early does not end the stream.
        const value = await read({ [Symbol.asyncIterator]: () => ({ next: () => chunks.next() }) });
        while ((await chunks.next()).done !== true);
        outcome.value = value;
      },
      signal === undefined ? {} : { signal },
    );
  } catch (error) {
    // Bytes behind the last member are no part of it, but leave the pipeline unfinished.
    if (signal?.aborted === true || !('value' in outcome)) throw error;
  }
  if (!('value' in outcome)) throw new Error('nothing was read');
  return outcome.value;
}
