import type { Band } from '../types.js';
import { bandAt } from './wavelengths.js';

/**
 * An equation `(a - b) / (a + b)` of the bands nearest to two wavelengths; the pattern of most indices.
 *
 * @param bands - Bands of a line or of a {@link BandMathForm}.
 * @param aNm - First wavelength, in nanometres.
 * @param bNm - Second wavelength, in nanometres.
 * @throws `RangeError` when the sensor does not see one of them, or cannot tell them apart.
 */
export function normalizedDifference(bands: readonly Band[], aNm: number, bNm: number): string {
  const [a, b] = distinct(bands, [aNm, bNm]);
  return `(band${a}-band${b})/(band${a}+band${b})`;
}

/**
 * Vegetation (NDVI): near infrared 800 nm against red 670 nm, for any sensor that sees both. The built-in equation of SCOPS
 * fits the 622 bands of the Fenix only.
 *
 * @throws `RangeError` as {@link normalizedDifference}.
 * @example
 * ```ts
 * import { ScopsClient, ndvi } from '@lab/sdc/scops';
 *
 * await using scops = new ScopsClient();
 * const form = await scops.getBandMath('GB13_08_2014_217_20180307152824');
 * await scops.submitBandMath(form.configName, { equations: { ndvi: ndvi(form.bands) } });
 * ```
 */
export function ndvi(bands: readonly Band[]): string {
  return normalizedDifference(bands, 800, 670);
}

/** Built-up land (NDBI): short-wave infrared 1600 nm against near infrared 800 nm. */
export function ndbi(bands: readonly Band[]): string {
  return normalizedDifference(bands, 1600, 800);
}

/** Water in leaves (NDWI after Gao): 860 nm against 1240 nm. */
export function ndwi(bands: readonly Band[]): string {
  return normalizedDifference(bands, 860, 1240);
}

/** Red edge (NDRE): 790 nm against 720 nm. */
export function ndre(bands: readonly Band[]): string {
  return normalizedDifference(bands, 790, 720);
}

/** Photochemical reflectance (PRI): 531 nm against 570 nm. */
export function pri(bands: readonly Band[]): string {
  return normalizedDifference(bands, 531, 570);
}

/**
 * Soil-adjusted vegetation (SAVI): as {@link ndvi}, with the soil factor (default 0.5).
 *
 * @throws `RangeError` as {@link normalizedDifference}.
 */
export function savi(bands: readonly Band[], soil = 0.5): string {
  if (!(soil >= 0 && soil <= 1)) throw new RangeError('scops.savi: soil must be from 0 to 1');
  const [nir, red] = distinct(bands, [800, 670]);
  return `${1 + soil}*(band${nir}-band${red})/(band${nir}+band${red}+${soil})`;
}

function distinct(bands: readonly Band[], [aNm, bNm]: readonly [number, number]): readonly [number, number] {
  const a = bandAt(bands, aNm);
  const b = bandAt(bands, bNm);
  if (a === b)
    throw new RangeError(`scops.bandAt: ${aNm} nm and ${bNm} nm fall on the same band (${a}) of this sensor`);
  return [a, b];
}
