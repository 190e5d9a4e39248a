/** A generation of the service's contract, from 1 (the oldest) to 4. */
export type HmiGeneration = 1 | 2 | 3 | 4;

/** What one generation of the contract has that others have not. */
interface Generation {
  /** Series are called by short names (`sharp_720s`) instead of full ones. */
  readonly hasShortNames: boolean;
  /**
   * How the path of a file goes on after the series: `sharp_720s_20151211_182208`, one file for each record;
   * `1958485_20160119011008_Br.fits`; or `5605571/magnetogram.fits`.
   */
  readonly files: 'by-time' | 'in-one-name' | 'in-folders';
  /** Segments are listed in an arbitrary order. */
  readonly isShuffled: boolean;
  /** `DATE-OBS` at .8 s carries float noise. */
  readonly isNoisy: boolean;
  /** Records name their HARP. */
  readonly hasHarps: boolean;
  /** Records name their wavelength. */
  readonly hasWavelengths: boolean;
  /** A list holds keywords with `meta=true`. */
  readonly listsKeywords: boolean;
  /** There is a route for keywords. */
  readonly hasKeywordRoute: boolean;
  /** The day on which the rows of the database were written: the archive was filled again before the fourth. */
  readonly writtenAt: number;
}

const FIRST: Generation = {
  hasShortNames: true,
  files: 'by-time',
  isShuffled: false,
  isNoisy: true,
  hasHarps: false,
  hasWavelengths: false,
  listsKeywords: false,
  hasKeywordRoute: false,
  writtenAt: Date.UTC(2016, 0, 20, 1),
};
const SECOND: Generation = { ...FIRST, files: 'in-one-name', isShuffled: true };
const THIRD: Generation = {
  ...SECOND,
  hasShortNames: false,
  files: 'in-folders',
  isShuffled: false,
  hasHarps: true,
  listsKeywords: true,
};
const FOURTH: Generation = {
  ...THIRD,
  isNoisy: false,
  hasWavelengths: true,
  hasKeywordRoute: true,
  writtenAt: Date.UTC(2016, 4, 26, 15),
};

/** A further generation is an entry here. */
export const GENERATIONS: Readonly<Record<HmiGeneration, Generation>> = { 1: FIRST, 2: SECOND, 3: THIRD, 4: FOURTH };

/** @throws `RangeError` for a generation that never was. */
export function requireGeneration(generation: HmiGeneration): void {
  const known = Object.keys(GENERATIONS);
  if (!known.map(Number).includes(generation))
    throw new RangeError(`simulateHmi: generation must be ${known.slice(0, -1).join(', ')} or ${known.at(-1) ?? ''}`);
}
