import { viewOf, wide, type End, type EndSteps, type Piece } from './end-judge.js';

const RECORD_BYTES = 22;
const LOCATOR_BYTES = 20;
/** The longest comment, and the records around the end. */
const TAIL_BYTES = 65_535 + 4096;
const WRITTEN_ELSEWHERE = 0xffff_ffff;

/** Zip: the end record stands at the very end, directly behind the central directory that it describes. */
export function* zipEnd(): EndSteps {
  const tail = yield { last: TAIL_BYTES };
  const view = viewOf(tail.bytes);
  for (let at = view.byteLength - RECORD_BYTES; at >= 0; at -= 1) {
    if (view.getUint32(at) !== 0x504b0506) continue;
    if (at + RECORD_BYTES + view.getUint16(at + 20, true) !== view.byteLength) continue;
    if (closesDirectory(tail, view, at)) return { kind: 'at', bytes: tail.at + view.byteLength };
  }
  return { kind: 'cut', why: 'it does not end with the directory of its members' } satisfies End;
}

function closesDirectory({ at: start }: Piece, view: DataView, at: number): boolean {
  const size = view.getUint32(at + 12, true);
  const offset = view.getUint32(at + 16, true);
  if (size !== WRITTEN_ELSEWHERE && offset !== WRITTEN_ELSEWHERE && offset + size === start + at) return true;
  const locator = at - LOCATOR_BYTES;
  if (locator < 0 || view.getUint32(locator) !== 0x504b0607) return false;
  const record = wide(view, locator + 8, 8, true) - start;
  if (!(record >= 0 && record + 56 <= locator) || view.getUint32(record) !== 0x504b0606) return false;
  return wide(view, record + 48, 8, true) + wide(view, record + 40, 8, true) === start + record;
}
