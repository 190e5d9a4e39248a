import { ERAS, unixOf } from './leap-seconds.js';
import { EPOCH16_1970, EPOCH_1970, TT2000_FILL, TT2000_PAD } from './times.js';

/** What stands for no time among nanoseconds since 1970: the lowest number of 64 bits. */
export const NO_TIME = -(2n ** 63n);

const WORD = 2 ** 32;
const TOO_LATE = 2n ** 63n;
/** Which word of a number of 64 bits is the low one. */
const [LOW, HIGH] = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? [0, 1] : [1, 0];

// Numbers of 64 bits are handled as two words: a bigint for each of millions of times would take seconds.
interface Words {
  readonly low: number;
  readonly high: number;
}

const wordsOf = (value: bigint): Words => ({
  low: Number(BigInt.asUintN(32, value)),
  high: Number(BigInt.asIntN(32, value >> 32n)),
});

/** Times since 1972 that are shifted alike, until where 64 bits end. */
const SPANS = ERAS.map(({ from, shift }, index) => ({
  from: wordsOf(from),
  until: wordsOf(ERAS[index - 1]?.from ?? TOO_LATE - shift),
  shift: wordsOf(shift),
}));

/**
 * Nanoseconds since 1970 of TT2000.
 *
 * The fill and the pad value of the type, those in `none`, and times after 2262, which 64 bits cannot hold, become `NO_TIME`.
 */
export function unixOfTt2000(stored: BigInt64Array, none: readonly bigint[]): BigInt64Array {
  const result = new BigInt64Array(stored.length);
  const from = new Uint32Array(stored.buffer, stored.byteOffset, stored.length * 2);
  const to = new Uint32Array(result.buffer);
  let [span] = SPANS;
  for (let index = 0; index < stored.length; index += 1) {
    const low = from[2 * index + LOW] ?? 0;
    const high = (from[2 * index + HIGH] ?? 0) | 0;
    if (span === undefined || !isIn(span, low, high)) {
      const found = SPANS.find((one) => isIn(one, low, high));
      if (found === undefined) {
        result[index] = unixOrNone(stored[index] ?? 0n);
        continue;
      }
      span = found;
    }
    const sum = low + span.shift.low;
    to[2 * index + LOW] = sum;
    to[2 * index + HIGH] = high + span.shift.high + (sum >= WORD ? 1 : 0);
  }
  const more = none.filter((value) => unixOrNone(value) !== NO_TIME);
  for (const missing of more) eraseTimes(result, (index) => stored[index] === missing);
  return result;
}

function isIn({ from, until }: (typeof SPANS)[number], low: number, high: number): boolean {
  return (
    (high > from.high || (high === from.high && low >= from.low)) &&
    (high < until.high || (high === until.high && low < until.low))
  );
}

function unixOrNone(tt2000: bigint): bigint {
  if (tt2000 === TT2000_FILL || tt2000 === TT2000_PAD) return NO_TIME;
  const time = unixOf(tt2000);
  return time < TOO_LATE ? time : NO_TIME;
}

/** Nanoseconds since 1970 of EPOCH, rounded. Those in `none`, and what 64 bits cannot hold, become `NO_TIME`. */
export function unixOfEpoch(stored: Float64Array, none: readonly number[]): BigInt64Array {
  const result = new BigInt64Array(stored.length);
  const to = new Uint32Array(result.buffer);
  for (let index = 0; index < stored.length; index += 1) {
    // Exact: both numbers have the same magnitude wherever the result fits.
    const since = (stored[index] ?? 0) - EPOCH_1970;
    const whole = Math.floor(since);
    write(to, index, whole, 1e6, Math.round((since - whole) * 1e6));
  }
  for (const missing of none.filter((value) => Math.abs(value - EPOCH_1970) < 1e13))
    eraseTimes(result, (index) => stored[index] === missing);
  return result;
}

/** Nanoseconds since 1970 of pairs of EPOCH16, rounded. What has seconds in `none`, or does not fit 64 bits, becomes `NO_TIME`. */
export function unixOfEpoch16(stored: Float64Array, none: readonly number[]): BigInt64Array {
  const result = new BigInt64Array(stored.length / 2);
  const to = new Uint32Array(result.buffer);
  for (let index = 0; index < result.length; index += 1) {
    const since = (stored[2 * index] ?? 0) - EPOCH16_1970;
    const whole = Math.floor(since);
    write(to, index, whole, 1e9, Math.round((since - whole) * 1e9 + (stored[2 * index + 1] ?? 0) / 1000));
  }
  for (const missing of none.filter((value) => Math.abs(value - EPOCH16_1970) < 1e10))
    eraseTimes(result, (index) => stored[2 * index] === missing);
  return result;
}

/** Writes `whole * factor + rest` as two words; exact for factors up to 1e9. */
function write(to: Uint32Array, index: number, whole: number, factor: number, rest: number): void {
  const upper = Math.floor(whole / 2 ** 20);
  const product = upper * factor;
  const carried = Math.floor(product / 4096);
  const lower = (product - carried * 4096) * 2 ** 20 + (whole - upper * 2 ** 20) * factor + rest;
  const overflow = Math.floor(lower / WORD);
  const high = carried + overflow;
  const fits = high >= -(2 ** 31) && high < 2 ** 31;
  to[2 * index + LOW] = fits ? lower - overflow * WORD : 0;
  to[2 * index + HIGH] = fits ? high : 2 ** 31;
}

/** A pass of its own, for fill values that are times in themselves. */
function eraseTimes(times: BigInt64Array, isMissing: (index: number) => boolean): void {
  for (let index = 0; index < times.length; index += 1) if (isMissing(index)) times[index] = NO_TIME;
}
