import type { EndSteps } from '../../core/transfer/body/ends/end-judge.js';
import { BLOCK_BYTES } from './layout.js';
import { fitsUnits } from './units.js';

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
export function* fitsWhole(): EndSteps {
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
