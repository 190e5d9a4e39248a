/** FITS files consist of blocks of this many bytes (FITS standard 4.0, section 3.1). */
export const BLOCK_BYTES = 2880;
const CARD_BYTES = 80;
const SIZED = /^(?:BITPIX|NAXIS\d*|PCOUNT|GCOUNT)$/u;
/** Some writers put a point behind whole numbers. */
const WHOLE = /^[+-]?\d+(?:\.0*)?$/u;
/** FITS standard 4.0, sections 4.4.1.1. */
const BITPIX = new Set([8, 16, 32, 64, -32, -64]);
const MAX_AXES = 999;

/** What the cards read so far say about the size of a header and data unit. */
export interface HeaderCards {
  /** By keyword; `NaN` for what is no whole number. */
  readonly sizes: ReadonlyMap<string, number>;
  /** The END card was read. */
  readonly ended: boolean;
}

/** How much data follows a header: so many bytes without padding; unknown; or sizes that no file can have. */
export type DataSize = { readonly bytes: number } | { readonly unknown: true } | { readonly impossible: string };

/** Reads the cards of one block of a header, after those of the blocks before it. */
export function readCards(block: Uint8Array, before: HeaderCards): HeaderCards {
  const sizes = new Map(before.sizes);
  const text = new TextDecoder('latin1').decode(block);
  for (let at = 0; at + CARD_BYTES <= text.length; at += CARD_BYTES) {
    const card = text.slice(at, at + CARD_BYTES);
    const keyword = card.slice(0, 8).trimEnd();
    if (keyword === 'END') return { sizes, ended: true };
    const value = /^= *([^/]*?)\s*(?:\/.*)?$/u.exec(card.slice(8).trimEnd())?.[1];
    if (value !== undefined && SIZED.test(keyword)) sizes.set(keyword, WHOLE.test(value) ? Number(value) : Number.NaN);
  }
  return { sizes, ended: false };
}

/** The data after a header (FITS standard 4.0, section 4.4.1). */
export function dataSize({ sizes }: HeaderCards): DataSize {
  for (const [keyword, value] of sizes) if (Number.isNaN(value)) return { impossible: `${keyword} is no whole number` };
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

/** Bytes of the values after a header, without padding; `undefined` where it does not say, or says what cannot be. */
export function valueBytes(header: HeaderCards): number | undefined {
  const size = dataSize(header);
  return 'bytes' in size ? size.bytes : undefined;
}

/** A length filled up to whole blocks. */
export function padded(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
}
