/** FITS files consist of blocks of this many bytes (FITS standard 4.0, section 3.1). */
export const BLOCK_BYTES = 2880;
const CARD_BYTES = 80;
const SIZED = /^(?:BITPIX|NAXIS\d*|PCOUNT|GCOUNT)$/u;
/** Some writers put a point behind whole numbers. */
const WHOLE = /^[+-]?\d+(?:\.0*)?$/u;
/** FITS standard 4.0, sections 4.4.1.1. */
const BITPIX = new Set([8, 16, 32, 64, -32, -64]);
const MAX_AXES = 999;

/** The sizes that a header gives, by keyword; `NaN` for what is not a whole number. */
export type HeaderSizes = ReadonlyMap<string, number>;

/** How much data follows a header: so many bytes without padding; unknown; or sizes that no file can have. */
export type DataSize = { readonly bytes: number } | { readonly unknown: true } | { readonly impossible: string };

/** Reads the cards of one block of a header, and adds the sizes that they give; `end` when the END card was among them. */
export function readCards(block: Uint8Array, sizes: Map<string, number>): 'end' | 'more' {
  const text = new TextDecoder('latin1').decode(block);
  for (let at = 0; at + CARD_BYTES <= text.length; at += CARD_BYTES) {
    const card = text.slice(at, at + CARD_BYTES);
    const keyword = card.slice(0, 8).trimEnd();
    if (keyword === 'END') return 'end';
    const value = /^= *([^/]*?)\s*(?:\/.*)?$/u.exec(card.slice(8).trimEnd())?.[1];
    if (value !== undefined && SIZED.test(keyword)) sizes.set(keyword, WHOLE.test(value) ? Number(value) : Number.NaN);
  }
  return 'more';
}

/** The data after a header (FITS standard 4.0, section 4.4.1). */
export function dataSize(sizes: HeaderSizes): DataSize {
  for (const [keyword, value] of sizes)
    if (Number.isNaN(value)) return { impossible: `${keyword} is not a whole number` };
  const axes = sizes.get('NAXIS');
  const bitpix = sizes.get('BITPIX');
  if (axes === undefined || bitpix === undefined) return { unknown: true };
  const [pcount, gcount] = [sizes.get('PCOUNT') ?? 0, sizes.get('GCOUNT') ?? 1];
  if (!BITPIX.has(bitpix)) return { impossible: `BITPIX ${bitpix}` };
  if (axes < 0 || axes > MAX_AXES) return { impossible: `NAXIS ${axes}` };
  if (pcount < 0) return { impossible: `PCOUNT ${pcount}` };
  if (gcount < 0) return { impossible: `GCOUNT ${gcount}` };
  let values = axes === 0 ? 0 : 1;
  for (let axis = 1; axis <= axes; axis += 1) {
    const length = sizes.get(`NAXIS${axis}`);
    if (length === undefined) return { unknown: true };
    if (length < 0) return { impossible: `NAXIS${axis} ${length}` };
    values *= length;
  }
  const bytes = axes === 0 ? 0 : (Math.abs(bitpix) / 8) * gcount * (pcount + values);
  return Number.isSafeInteger(bytes)
    ? { bytes }
    : { impossible: `sizes of more than ${Number.MAX_SAFE_INTEGER} bytes` };
}

/** A length filled up to whole blocks. */
export function padded(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
}
