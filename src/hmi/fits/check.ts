import { readRange } from '../../core/files/read-range.js';
import { fitsCheck } from '../../core/transfer/body/checks.js';
import type { End, EndSteps } from '../../core/transfer/body/ends/end-judge.js';
import { endOfGzip, isGzip } from '../../core/transfer/body/ends/gzip.js';
import { endOfFile } from '../../core/transfer/body/ends/judge-file.js';
import type { ContentCheck } from '../../core/transfer/types.js';
import { BLOCK_BYTES } from './layout.js';
import { fitsUnits } from './units.js';

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
    if (!isGzip(await readRange(path, 0, 3)))
      return complaintOf(await endOfFile(fitsWhole, path, bytes, signal), bytes);
    const unpacked = await endOfGzip(fitsWhole, path, bytes, signal);
    return complaintOf(unpacked.end, unpacked.bytes);
  },
};

function complaintOf(end: End, bytes: number): string | undefined {
  switch (end.kind) {
    case 'at':
      return end.bytes <= bytes
        ? undefined
        : `its header calls for ${end.bytes} bytes, but fewer arrived; the body broke off`;
    case 'cut':
      return end.why;
    case 'unknown':
      return bytes % BLOCK_BYTES === 0 ? undefined : `its ${bytes} bytes are not a multiple of 2880; it was cut off`;
  }
}

/** Where a body must end whose answer says nothing of it. */
export function* fitsEnd(): EndSteps {
  const verdict = yield* fitsUnits();
  switch (verdict.kind) {
    case 'whole':
      // A first header without data is there for the extension behind it.
      return { kind: 'at', bytes: verdict.bytes + (verdict.noData ? BLOCK_BYTES : 0) };
    case 'cut':
      return verdict;
    case 'endless':
      return { kind: 'cut', why: 'its first header has no END card' };
    case 'damaged':
    case 'unsized':
    case 'not FITS':
      return { kind: 'unknown' };
  }
}

/** Whether a file can be used: what is damaged is refused, too; `unknown` where only whole blocks can show that nothing is missing. */
function* fitsWhole(): EndSteps {
  const verdict = yield* fitsUnits();
  switch (verdict.kind) {
    case 'whole':
      return { kind: 'at', bytes: verdict.bytes };
    case 'cut':
      return { kind: 'cut', why: `${verdict.why}; the body broke off` };
    case 'damaged':
      return { kind: 'cut', why: verdict.why };
    case 'not FITS':
      return { kind: 'cut', why: 'it is not FITS' };
    case 'endless':
    case 'unsized':
      return { kind: 'unknown' };
  }
}
