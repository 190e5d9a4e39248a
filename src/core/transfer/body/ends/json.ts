import type { EndSteps } from './end-judge.js';

const READ_BYTES = 64 * 1024;
const DEEPEST = 10_000;
const OPENING = new Map([
  [0x7b, 0x7d],
  [0x5b, 0x5d],
]);
const CLOSING = new Set(OPENING.values());
const QUOTE = 0x22;
const ESCAPE = 0x5c;
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** JSON: one object or list, closed as it was opened; nothing but blanks before and after it. */
export function* jsonEnd(): EndSteps {
  const open: number[] = [];
  let quoted = false;
  let escaped = false;
  let closed = false;
  for (let at = 0; ; at += READ_BYTES) {
    const { bytes } = yield { at, bytes: READ_BYTES };
    for (const byte of bytes) {
      if (escaped) escaped = false;
      else if (quoted) {
        if (byte === ESCAPE) escaped = true;
        else if (byte === QUOTE) quoted = false;
      } else if (BLANK.has(byte)) continue;
      else if (closed) return { kind: 'cut', why: 'something follows the JSON in it' };
      else if (OPENING.has(byte)) {
        if (open.push(OPENING.get(byte) ?? 0) > DEEPEST) return { kind: 'cut', why: 'its JSON is nested too deeply' };
      } else if (open.length === 0) return { kind: 'cut', why: 'it is not a JSON object or array' };
      else if (CLOSING.has(byte)) {
        if (open.pop() !== byte) return { kind: 'cut', why: 'the brackets of its JSON do not match' };
        closed = open.length === 0;
      } else quoted = byte === QUOTE;
    }
    if (bytes.byteLength < READ_BYTES)
      return closed ? { kind: 'at', bytes: at + bytes.byteLength } : { kind: 'cut', why: 'its JSON is not closed' };
  }
}
