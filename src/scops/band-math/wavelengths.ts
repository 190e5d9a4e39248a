import type { Band } from '../types.js';

/**
 * The number of the band nearest to a wavelength.
 *
 * @param bands - Bands of a line ({@link Flight}) or of a {@link BandMathForm}.
 * @param wavelengthNm - In nanometres.
 * @throws `RangeError` when the sensor does not see that wavelength or the bands carry none.
 * @example
 * ```ts
 * import { bandAt } from '@lab/sdc/scops';
 *
 * console.log(bandAt([{ number: 1, wavelengthNm: 550 }, { number: 2, wavelengthNm: 670 }], 665)); // 2
 * ```
 */
export function bandAt(bands: readonly Band[], wavelengthNm: number): number {
  const known = bands
    .flatMap(({ number, wavelengthNm: nm }) => (nm === undefined ? [] : [{ number, nm }]))
    .sort((one, other) => one.nm - other.nm);
  const [lowest] = known;
  const highest = known.at(-1);
  if (lowest === undefined || highest === undefined)
    throw new RangeError('scops.bandAt: the bands carry no wavelengths; write band numbers yourself');
  if (!Number.isFinite(wavelengthNm)) throw new TypeError('scops.bandAt: wavelengthNm must be a number');
  const marginLow = ((known[1]?.nm ?? lowest.nm) - lowest.nm) / 2;
  const marginHigh = (highest.nm - (known.at(-2)?.nm ?? highest.nm)) / 2;
  if (wavelengthNm < lowest.nm - marginLow || wavelengthNm > highest.nm + marginHigh)
    throw new RangeError(`scops.bandAt: ${wavelengthNm} nm is outside the sensor's ${lowest.nm} to ${highest.nm} nm`);
  return known.reduce((best, one) => (Math.abs(one.nm - wavelengthNm) < Math.abs(best.nm - wavelengthNm) ? one : best))
    .number;
}
