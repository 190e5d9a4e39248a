import type { FileHandle } from 'node:fs/promises';

const CHUNK_BYTES = 256 * 1024;
/** A line of a manifest is much shorter; a longer one is damaged, and not kept in memory. */
const LONGEST_LINE_BYTES = 1024 * 1024;
const LINE_END = 10;

/**
 * Reads the lines of a file from a byte on, a piece at a time.
 *
 * @param take - Called with each line that has its end.
 * @returns the byte behind the last line that has its end, and what follows it.
 */
export async function readLines(
  handle: FileHandle,
  fromBytes: number,
  take: (line: string) => void,
): Promise<{ readonly end: number; readonly rest: string }> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let end = fromBytes;
  let at = fromBytes;
  let open: Buffer[] = [];
  let openBytes = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, at);
    if (bytesRead === 0) return { end, rest: Buffer.concat(open).toString('utf8') };
    let begin = 0;
    for (;;) {
      const stop = buffer.subarray(0, bytesRead).indexOf(LINE_END, begin);
      if (stop < 0) break;
      const piece = buffer.subarray(begin, stop);
      take(openBytes === 0 ? piece.toString('utf8') : Buffer.concat([...open, piece]).toString('utf8'));
      [open, openBytes] = [[], 0];
      begin = stop + 1;
      end = at + begin;
    }
    if (begin < bytesRead && openBytes < LONGEST_LINE_BYTES) open.push(Buffer.from(buffer.subarray(begin, bytesRead)));
    openBytes += bytesRead - begin;
    at += bytesRead;
  }
}
