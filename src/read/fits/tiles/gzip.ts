import { gunzipSync } from 'node:zlib';

/** What a gzip stream holds, `most` bytes at most; `undefined` where it is damaged or holds more. */
export function gunzipped(bytes: Uint8Array, most: number): Uint8Array<ArrayBuffer> | undefined {
  try {
    const content = gunzipSync(bytes, { maxOutputLength: Math.max(1, most) });
    return new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  } catch {
    return undefined;
  }
}

/** Undoes the shuffle of GZIP_2, where all first bytes of the values come first, then all second ones, and so on. */
export function unshuffled(bytes: Uint8Array, width: number): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(bytes.byteLength);
  const count = Math.floor(bytes.byteLength / width);
  for (let part = 0, from = 0; part < width; part += 1)
    for (let to = part, end = count * width; to < end; to += width, from += 1) result[to] = bytes[from] ?? 0;
  return result;
}
