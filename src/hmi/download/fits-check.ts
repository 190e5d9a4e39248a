import { fitsCheck } from '../../core/transfer/checks.js';
import type { ContentCheck } from '../../core/transfer/types.js';
import { readRange } from '../../core/files/read-range.js';
import { BLOCK_BYTES, dataBytes, readCards, type HeaderCards } from './fits-layout.js';

/** A header longer than this is taken for none. */
const MAX_HEADER_BLOCKS = 2000;
const NO_CARDS: HeaderCards = { sizes: new Map(), ended: false };

/**
 * What tells a FITS file from an error page and from a file that broke off. The service sends no `Content-Length`
 * (HTTP/1.0, end of body = close), so the end of a body proves nothing: the size must be a multiple of 2880 bytes, and
 * every header and data unit must be as long as its own header says.
 */
export const fitsFile: ContentCheck = {
  ...fitsCheck,
  whole: async (path, bytes) => (await fitsCheck.whole?.(path, bytes)) ?? (await incompleteUnit(path, bytes)),
};

/** Walks the header and data units; tells of the first that is cut short. */
async function incompleteUnit(path: string, bytes: number): Promise<string | undefined> {
  for (let at = 0; at < bytes;) {
    let header = NO_CARDS;
    const start = at;
    for (let blocks = 0; !header.ended; blocks += 1) {
      if (at >= bytes || blocks >= MAX_HEADER_BLOCKS) return cutHeader(header, start);
      header = readCards(await readRange(path, at, BLOCK_BYTES), header);
      at += BLOCK_BYTES;
    }
    const data = dataBytes(header);
    if (data === undefined) return undefined;
    if (at + data > bytes) return `its header asks for ${at + data} bytes, but ${bytes} came; the body broke off`;
    at += data;
    if (at < bytes && !(await isExtension(path, at))) return undefined;
  }
  return undefined;
}

/** A header that sizes its data but never ends was cut; one without any size is a reader's matter. */
function cutHeader(header: HeaderCards, start: number): string | undefined {
  return header.sizes.size === 0
    ? undefined
    : `the header that starts at byte ${start} has no END card; the body broke off`;
}

/** Special records may follow the last unit (FITS standard 4.0, section 3.5); they are left alone. */
async function isExtension(path: string, at: number): Promise<boolean> {
  const first = await readRange(path, at, 8);
  return new TextDecoder('latin1').decode(first) === 'XTENSION';
}
