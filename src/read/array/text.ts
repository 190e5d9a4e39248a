/** Bytes that become text at a time. */
const PIECE_BYTES = 1024 * 1024;

/** The texts in fields of equal width: each ends at its first NUL, and spaces at its end are padding. UTF-8, else Latin-1. */
export function textsIn(bytes: Uint8Array, width: number): string[] {
  const count = width === 0 ? 0 : Math.floor(bytes.byteLength / width);
  const together = Math.max(1, Math.floor(PIECE_BYTES / Math.max(1, width)));
  const texts: string[] = [];
  for (let first = 0; first < count; first += together) {
    const end = Math.min(count, first + together) * width;
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset + first * width, end - first * width);
    const all = piece.toString('latin1');
    for (let at = 0; at < all.length; at += width) texts.push(trimmed(utf8Or(all.slice(at, at + width))));
  }
  return texts;
}

function trimmed(field: string): string {
  const nul = field.indexOf('\0');
  let end = nul < 0 ? field.length : nul;
  while (field[end - 1] === ' ') end -= 1;
  return field.slice(0, end);
}

/** A text whose characters are bytes, as UTF-8 where it is that. */
function utf8Or(text: string): string {
  if (!/[^\0-\x7F]/u.test(text)) return text;
  const utf8 = Buffer.from(text, 'latin1').toString('utf8');
  return utf8.includes('\uFFFD') ? text : utf8;
}
