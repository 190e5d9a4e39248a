import { fitsCheck } from '../../core/transfer/checks.js';
import type { ContentCheck } from '../../core/transfer/types.js';
import { readRange } from '../../core/files/read-range.js';
import { bytesOfFile, type FitsBytes } from './fits-bytes.js';
import { fitsEnd } from './fits-end.js';
import { gunzipped, isGzip } from './fits-gzip.js';
import { BLOCK_BYTES, dataSize, padded, readCards, type HeaderCards } from './fits-layout.js';

/** A header longer than this is taken for none. */
const MAX_HEADER_BLOCKS = 2000;
/** Enough for the usual header in one read. */
const READ_BLOCKS = 10;
const NO_CARDS: HeaderCards = { sizes: new Map(), ended: false };
const FIRST = 'SIMPLE  =';
const EXTENSION = 'XTENSION';

/**
 * What tells a FITS file from an error page and from a file that broke off: every header and data unit must be as long as
 * its own header says. The last one may lack its padding, and anything may follow it (FITS standard 4.0, section 3.5).
 * In gzip (`.fits.gz`) the same holds for what is in it, and its checksum must be right.
 */
export const fitsFile: ContentCheck = {
  ...fitsCheck,
  head: (first, head) => (isGzip(first) ? undefined : fitsCheck.head(first, head)),
  end: fitsEnd,
  provesEnd: true,
  whole: async (path, bytes, signal) => {
    if (isGzip(await readRange(path, 0, 3))) return gunzipped(path, signal, (content) => complaintOf(content, signal));
    return complaintOf(bytesOfFile(path, bytes), signal);
  },
};

/** Walks the header and data units; reports the first that is cut short or cannot be. */
async function complaintOf(bytes: FitsBytes, signal: AbortSignal | undefined): Promise<string | undefined> {
  if (textOf(await bytes.read(0, FIRST.length)) !== FIRST) return 'it is not FITS';
  for (let at = 0; ;) {
    signal?.throwIfAborted();
    const { header, end } = await readHeader(bytes, at, signal);
    if (!header.ended) return cutHeader(header, at, bytes);
    const size = dataSize(header);
    if ('impossible' in size) return `the header that starts at byte ${at} is damaged: ${size.impossible}`;
    if ('unknown' in size) return unsized(bytes, end, signal);
    if (!(await bytes.reaches(end + size.bytes)))
      return `its header asks for ${end + size.bytes} bytes, but fewer came; the body broke off`;
    at = end + padded(size.bytes);
    const next = textOf(await bytes.read(at, EXTENSION.length));
    if (next === EXTENSION) continue;
    return next !== '' && EXTENSION.startsWith(next)
      ? `the extension that starts at byte ${at} is cut off; the body broke off`
      : undefined;
  }
}

async function readHeader(
  bytes: FitsBytes,
  start: number,
  signal: AbortSignal | undefined,
): Promise<{ header: HeaderCards; end: number }> {
  let header = NO_CARDS;
  let at = start;
  while (at - start < MAX_HEADER_BLOCKS * BLOCK_BYTES) {
    signal?.throwIfAborted();
    const read = await bytes.read(at, READ_BLOCKS * BLOCK_BYTES);
    for (let block = 0; block + BLOCK_BYTES <= read.byteLength; block += BLOCK_BYTES) {
      header = readCards(read.subarray(block, block + BLOCK_BYTES), header);
      at += BLOCK_BYTES;
      if (header.ended) return { header, end: at };
    }
    if (read.byteLength < READ_BLOCKS * BLOCK_BYTES) break;
  }
  return { header, end: at };
}

/** A header that sizes its data but never ends was cut; of one without any size only the blocks can be judged. */
async function cutHeader(header: HeaderCards, start: number, bytes: FitsBytes): Promise<string | undefined> {
  if (header.sizes.size > 0 || start > 0)
    return `the header that starts at byte ${start} has no END card; the body broke off`;
  return unsized(bytes, start, undefined);
}

/** Where a header does not say how much follows, only whole blocks show that nothing was cut off. */
async function unsized(bytes: FitsBytes, start: number, signal: AbortSignal | undefined): Promise<string | undefined> {
  for (let at = start; ; at += READ_BLOCKS * BLOCK_BYTES) {
    signal?.throwIfAborted();
    const { byteLength } = await bytes.read(at, READ_BLOCKS * BLOCK_BYTES);
    if (byteLength % BLOCK_BYTES !== 0) return `its ${at + byteLength} bytes are no multiple of 2880; it was cut off`;
    if (byteLength < READ_BLOCKS * BLOCK_BYTES) return undefined;
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
