import { fitsCheck } from '../../core/transfer/checks.js';
import type { ContentCheck } from '../../core/transfer/types.js';
import { readRange } from '../../core/files/read-range.js';
import { fitsEnd } from './fits-end.js';
import { BLOCK_BYTES, dataBytes, readCards, type HeaderCards } from './fits-layout.js';

/** A header longer than this is taken for none. */
const MAX_HEADER_BLOCKS = 2000;
/** Enough for the usual header in one read. */
const READ_BLOCKS = 10;
const NO_CARDS: HeaderCards = { sizes: new Map(), ended: false };

/**
 * What tells a FITS file from an error page and from a file that broke off. The service sends no `Content-Length`
 * (HTTP/1.0, end of body = close), so the end of a body proves nothing: the size must be a multiple of 2880 bytes, and
 * every header and data unit must be as long as its own header says.
 */
export const fitsFile: ContentCheck = {
  ...fitsCheck,
  end: fitsEnd,
  provesEnd: true,
  whole: async (path, bytes) => (await fitsCheck.whole?.(path, bytes)) ?? (await incompleteUnit(path, bytes)),
};

/** Walks the header and data units; tells of the first that is cut short. */
async function incompleteUnit(path: string, bytes: number): Promise<string | undefined> {
  for (let at = 0; at < bytes;) {
    const { header, end } = await readHeader(path, at, bytes);
    if (!header.ended) return cutHeader(header, at);
    const data = dataBytes(header);
    if (data === undefined) return undefined;
    if (end + data > bytes) return `its header asks for ${end + data} bytes, but ${bytes} came; the body broke off`;
    at = end + data;
    if (at < bytes && !(await isExtension(path, at))) return undefined;
  }
  return undefined;
}

async function readHeader(path: string, start: number, bytes: number): Promise<{ header: HeaderCards; end: number }> {
  let header = NO_CARDS;
  let at = start;
  while (at < bytes && at - start < MAX_HEADER_BLOCKS * BLOCK_BYTES) {
    const read = await readRange(path, at, READ_BLOCKS * BLOCK_BYTES);
    if (read.byteLength === 0) break;
    for (let block = 0; block < read.byteLength; block += BLOCK_BYTES) {
      header = readCards(read.subarray(block, block + BLOCK_BYTES), header);
      at += BLOCK_BYTES;
      if (header.ended) return { header, end: at };
    }
  }
  return { header, end: at };
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
