import { open } from 'node:fs/promises';

/**
 * The bytes of a file from `start` on, at most `length` of them; fewer where the file ends.
 *
 * A negative `start` counts from the end of the file.
 */
export async function readRange(path: string, start: number, length: number): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const from = start < 0 ? Math.max(0, size + start) : start;
    const buffer = new Uint8Array(Math.max(0, Math.min(length, size - from)));
    let filled = 0;
    while (filled < buffer.byteLength) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.byteLength - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

/**
 * A whole small file as text (UTF-8, byte order mark removed).
 *
 * @throws `RangeError` when the file is larger than `maxBytes`.
 */
export async function readText(path: string, maxBytes = 16 * 1024 * 1024): Promise<string> {
  const bytes = await readRange(path, 0, maxBytes + 1);
  if (bytes.byteLength > maxBytes) throw new RangeError(`${path} is larger than ${maxBytes} bytes`);
  return new TextDecoder().decode(bytes);
}
