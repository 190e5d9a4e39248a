import { mean, type Calibration } from './eldec.js';

/** Limits of a good calibration; those of PollyXT-SCC-Pipelines. */
export const LIMITS = {
  /** Largest relative error of the gain factor. */
  error: 0.1,
  /** Largest relative standard deviation of the ratio profiles within the range of the calibration. */
  spread: 0.3,
  /** So many standard deviations around the mean of earlier calibrations are no outlier. */
  outlier: 2,
  /** With so many earlier ones or fewer nothing is an outlier. */
  fewest: 3,
} as const;

/** A value of an earlier calibration. */
export interface Earlier {
  readonly measurementId: string;
  readonly value: number;
}

/** What is wrong with a calibration, in words; nothing with a good one. An error where it cannot be judged. */
export function complaintsOf(calibration: Calibration, earlier: readonly Earlier[]): string[] {
  const { value, error } = calibration;
  const complaints: string[] = [];
  const relative = error / value;
  if (!(relative >= 0 && relative < LIMITS.error))
    complaints.push(`the relative error of the gain factor is ${shown(relative)}, not below ${LIMITS.error}`);
  const spread = spreadOf(calibration) / value;
  if (Number.isNaN(spread))
    throw new Error('the ratio profiles hold nothing within the range of the calibration: it cannot be checked');
  if (!(spread >= 0 && spread < LIMITS.spread))
    complaints.push(
      `the relative standard deviation of the ratio profiles is ${shown(spread)}, not below ${LIMITS.spread}`,
    );
  const others = earlier.filter(({ measurementId }) => measurementId !== calibration.measurementId);
  if (others.length > LIMITS.fewest) {
    const values = others.map((one) => one.value);
    const middle = mean(values);
    const margin = LIMITS.outlier * deviation(values);
    if (!(value + error > middle - margin && value - error < middle + margin))
      complaints.push(
        `the gain factor ${shown(value)} is an outlier: ${others.length} earlier ones lie around ${shown(middle)}`,
      );
  }
  return complaints;
}

/** Mean of the standard deviations of the profiles within the range of the calibration. */
function spreadOf({ heights, profiles, range: [bottom, top] }: Calibration): number {
  const within = (_: number, at: number): boolean => {
    const height = heights[at];
    return height !== undefined && height > bottom && height <= top;
  };
  return mean(profiles.map((profile) => deviation(profile.filter(within))));
}

function deviation(values: readonly number[]): number {
  const known = values.filter((value) => Number.isFinite(value));
  const middle = mean(known);
  return Math.sqrt(mean(known.map((value) => (value - middle) ** 2)));
}

function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}
