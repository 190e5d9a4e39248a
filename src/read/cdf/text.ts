/** Longer ones do not fit into a single string everywhere. */
const LONGEST = 2 ** 28;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** Characters as UTF-8; bytes that are none as Latin-1, in which old files are written. */
export function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return mixedText(bytes);
  }
}

function mixedText(bytes: Uint8Array): string {
  let [text, start, at] = ['', 0, 0];
  while (at < bytes.byteLength) {
    const length = lengthOfCharacter(bytes, at);
    if (length === 0) {
      text += lenient.decode(bytes.subarray(start, at)) + String.fromCharCode(bytes[at] ?? 0);
      start = at + 1;
    }
    at += Math.max(1, length);
  }
  return text + lenient.decode(bytes.subarray(start));
}

/** Bytes of the character in UTF-8 that begins here; 0 where none does. */
function lengthOfCharacter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (let next = 1; next < length; next += 1) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/** The same without the NULs after it. */
export function paddedText(bytes: Uint8Array): string {
  let end = bytes.byteLength;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return textOf(bytes.subarray(0, end));
}

/** Texts of equal length one after the other, without the NULs and spaces that fill them up. */
export function textsIn(bytes: Uint8Array, length: number): string[] {
  const count = Math.floor(bytes.byteLength / length);
  const isAscii = bytes.byteLength <= LONGEST && hasOnlyAscii(bytes);
  const all = isAscii ? latin1(bytes) : '';
  const texts: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const start = index * length;
    let end = start + length;
    while (end > start && (bytes[end - 1] === 0 || bytes[end - 1] === 0x20)) end -= 1;
    texts.push(isAscii ? all.slice(start, end) : textOf(bytes.subarray(start, end)));
  }
  return texts;
}

function hasOnlyAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte >= 0x80) return false;
  return true;
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
