import type { EndSteps } from '../../core/transfer/body/ends/end-judge.js';
import { BLOCK_BYTES, dataSize, padded, readCards, type HeaderSizes } from './layout.js';

/** A header longer than this is taken for none. */
const MAX_HEADER_BLOCKS = 2000;
const FIRST = 'SIMPLE  =';
const NEXT = 'XTENSION';

/** What the header and data units of a file say of its length. */
export type FitsVerdict =
  /** It must be so long; `noData` when there is but one header, without data. */
  | { readonly kind: 'whole'; readonly bytes: number; readonly noData: boolean }
  | { readonly kind: 'cut'; readonly why: string }
  /** A header gives sizes that no file can have. */
  | { readonly kind: 'damaged'; readonly why: string }
  /** A header does not say how much data follows. */
  | { readonly kind: 'unsized' }
  /** The first header, which gives no size, does not end. */
  | { readonly kind: 'endless' }
  | { readonly kind: 'not FITS' };

/**
 * Walks the header and data units, each as long as its own header says. The last one may lack its padding; whatever follows
 * it is left alone (FITS standard 4.0, section 3.5).
 */
export function* fitsUnits(): EndSteps<FitsVerdict> {
  const first = textOf((yield { at: 0, bytes: FIRST.length }).bytes);
  if (isCutOff(first, FIRST)) return { kind: 'cut', why: 'its first card is cut off' };
  if (first !== FIRST) return { kind: 'not FITS' };
  for (let at = 0; ;) {
    const { sizes, end } = yield* headerAt(at);
    if (end === undefined)
      return sizes.size > 0 || at > 0
        ? { kind: 'cut', why: `the header that starts at byte ${at} has no END card` }
        : { kind: 'endless' };
    const size = dataSize(sizes);
    if ('impossible' in size)
      return { kind: 'damaged', why: `the header that starts at byte ${at} is damaged: ${size.impossible}` };
    if ('unknown' in size) return { kind: 'unsized' };
    const next = end + padded(size.bytes);
    const begins = textOf((yield { at: next, bytes: NEXT.length }).bytes);
    if (isCutOff(begins, NEXT)) return { kind: 'cut', why: `the extension that starts at byte ${next} is cut off` };
    if (begins !== NEXT) return { kind: 'whole', bytes: end + size.bytes, noData: at === 0 && size.bytes === 0 };
    at = next;
  }
}

/** The sizes in a header, and where it ends; no end where it has no END card. */
function* headerAt(start: number): EndSteps<{ sizes: HeaderSizes; end: number | undefined }> {
  const sizes = new Map<string, number>();
  for (let block = 0; block < MAX_HEADER_BLOCKS; block += 1) {
    const at = start + block * BLOCK_BYTES;
    const { bytes } = yield { at, bytes: BLOCK_BYTES };
    if (bytes.byteLength < BLOCK_BYTES) break;
    if (readCards(bytes, sizes) === 'end') return { sizes, end: at + BLOCK_BYTES };
  }
  return { sizes, end: undefined };
}

function isCutOff(begins: string, word: string): boolean {
  return begins !== '' && begins.length < word.length && word.startsWith(begins);
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
