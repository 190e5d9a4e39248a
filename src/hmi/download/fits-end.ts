import type { EndSteps } from '../../core/transfer/ends/end-judge.js';
import { BLOCK_BYTES, padded, readCards, valueBytes, type HeaderCards } from './fits-layout.js';

/** A header longer than this is taken for none. */
const MAX_HEADER_BLOCKS = 2000;
const FIRST = 'SIMPLE  ';
const NEXT = 'XTENSION';
const NO_CARDS: HeaderCards = { sizes: new Map(), ended: false };

/**
 * FITS: header and data units, each as long as its own header says. The last one may lack its padding; whatever follows the
 * last one is left alone (FITS standard 4.0, section 3.5).
 */
export function* fitsEnd(): EndSteps {
  let needed = 0;
  for (let at = 0; ;) {
    const { bytes } = yield { at, bytes: NEXT.length };
    const begins = new TextDecoder('latin1').decode(bytes);
    if (at === 0 && begins !== FIRST) return { kind: 'unknown' };
    if (at > 0 && begins !== NEXT) {
      if (begins !== '' && NEXT.startsWith(begins))
        return { kind: 'cut', why: `the extension at byte ${at} is not whole` };
      return { kind: 'at', bytes: needed };
    }
    const { cards, end } = yield* headerAt(at);
    if (!cards.ended) return { kind: 'cut', why: `the header that starts at byte ${at} has no END card` };
    const values = valueBytes(cards);
    if (values === undefined || !(values >= 0)) return { kind: 'unknown' };
    // A first header without data is there for the extension behind it.
    needed = at === 0 && values === 0 ? end + BLOCK_BYTES : end + values;
    at = end + padded(values);
  }
}

function* headerAt(start: number): EndSteps<{ cards: HeaderCards; end: number }> {
  let cards = NO_CARDS;
  let at = start;
  while (at - start < MAX_HEADER_BLOCKS * BLOCK_BYTES) {
    const { bytes } = yield { at, bytes: BLOCK_BYTES };
    if (bytes.byteLength < BLOCK_BYTES) break;
    cards = readCards(bytes, cards);
    at += BLOCK_BYTES;
    if (cards.ended) break;
  }
  return { cards, end: at };
}
