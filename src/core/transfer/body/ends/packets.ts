import { endAt, exactly, viewOf, type EndSteps } from './end-judge.js';

const HEADER_BYTES = 6;

/** CCSDS space packets: back to back, each with its length, the last one ending the file. */
export function* packetsEnd(): EndSteps {
  for (let at = 0; ;) {
    const { bytes } = yield { at, bytes: HEADER_BYTES };
    if (bytes.byteLength === 0) return at === 0 ? { kind: 'unknown' } : endAt(at);
    if (bytes.byteLength < HEADER_BYTES)
      return { kind: 'cut', why: `the packet that begins at byte ${at} is incomplete` };
    const view = viewOf(bytes);
    if (view.getUint16(0) >> 13 !== 0) return { kind: 'cut', why: `at byte ${at} there is no packet` };
    const end: number = at + HEADER_BYTES + 1 + view.getUint16(4);
    // The end of the file is only seen there.
    yield* exactly(end - 1, 1);
    at = end;
  }
}
