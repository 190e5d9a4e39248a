/** FITS files consist of blocks of this many bytes (FITS standard 4.0, section 3.1). */
export const BLOCK_BYTES = 2880;
const CARD_BYTES = 80;
const SIZED = /^(?:BITPIX|NAXIS\d*|PCOUNT|GCOUNT)$/u;

/** What the cards read so far say about the size of a header and data unit. */
export interface HeaderCards {
  readonly sizes: ReadonlyMap<string, number>;
  /** The END card was read. */
  readonly ended: boolean;
}

/** Reads the cards of one block of a header, after those of the blocks before it. */
export function readCards(block: Uint8Array, before: HeaderCards): HeaderCards {
  const sizes = new Map(before.sizes);
  const text = new TextDecoder('latin1').decode(block);
  for (let at = 0; at + CARD_BYTES <= text.length; at += CARD_BYTES) {
    const card = text.slice(at, at + CARD_BYTES);
    const keyword = card.slice(0, 8).trimEnd();
    if (keyword === 'END') return { sizes, ended: true };
    const value = /^= +([+-]?\d+)\s*(?:\/.*)?$/u.exec(card.slice(8).trimEnd())?.[1];
    if (value !== undefined && SIZED.test(keyword)) sizes.set(keyword, Number(value));
  }
  return { sizes, ended: false };
}

/** Bytes of the data after a header, padding included; `undefined` where it does not say. */
export function dataBytes(header: HeaderCards): number | undefined {
  const bytes = valueBytes(header);
  return bytes === undefined ? undefined : padded(bytes);
}

/** A length filled up to whole blocks. */
export function padded(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
}

/** Bytes of the values after a header (FITS standard 4.0, section 4.4.1); `undefined` where it does not say. */
export function valueBytes({ sizes }: HeaderCards): number | undefined {
  const axes = sizes.get('NAXIS');
  const bitpix = sizes.get('BITPIX');
  if (axes === undefined || bitpix === undefined) return undefined;
  if (axes === 0) return 0;
  let values = 1;
  for (let axis = 1; axis <= axes; axis += 1) {
    const length = sizes.get(`NAXIS${axis}`);
    if (length === undefined) return undefined;
    values *= length;
  }
  return (Math.abs(bitpix) / 8) * (sizes.get('GCOUNT') ?? 1) * ((sizes.get('PCOUNT') ?? 0) + values);
}
