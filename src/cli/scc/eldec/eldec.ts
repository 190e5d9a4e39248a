import { readNetcdf, type Netcdf, type Variable } from './netcdf.js';

/** One calibration, out of an ELDEC product of the SCC. */
export interface Calibration {
  readonly measurementId: string;
  readonly station: string;
  readonly start: Date;
  readonly wavelengthNm: number;
  /** Gain factor and its statistical error. */
  readonly value: number;
  readonly error: number;
  /** Heights above the station that the calibration was made of, in metres. */
  readonly range: readonly [bottom: number, top: number];
  readonly heights: readonly number[];
  /** Ratio profiles, one an angle; `NaN` where there is no value. */
  readonly profiles: readonly (readonly number[])[];
}

/** Reads an ELDEC product; a error says what is missing. */
export async function readEldec(path: string): Promise<Calibration> {
  return readNetcdf(path, (file) => {
    const numbers = (name: string): Variable => {
      const variable = file.variable(name);
      if (variable === undefined || variable.values.length === 0)
        throw new Error(`${path} is not an ELDEC product that can be checked: variable ${name} is missing`);
      return variable;
    };
    const first = (name: string): number => numbers(name).values[0] ?? NaN;
    const altitudes = numbers('altitude').values;
    const station = first('station_altitude');
    const ratio = numbers('polarization_calibration_ratio');
    const [angles = 0, times = 0, levels = 0] = ratio.shape;
    const [value, error] = gainOf(file, numbers);
    if (!Number.isFinite(value) || !Number.isFinite(error))
      throw new Error(`${path} holds no gain factor with an error: it cannot be checked`);
    if (times !== 1 || levels !== altitudes.length)
      throw new Error(`${path} holds ${times} calibrations; only files of one can be checked`);
    return {
      measurementId: file.attribute('measurement_ID') ?? '',
      station: file.attribute('station_ID') ?? '',
      start: new Date(first('time_bounds') * 1000),
      wavelengthNm: Math.round(first('polarization_calibration_ratio_emission_wavelength')),
      value,
      error,
      range: [
        Math.min(...valid(numbers('polarization_calibration_minimum_range').values)),
        Math.max(...valid(numbers('polarization_calibration_maximum_range').values)),
      ],
      heights: altitudes.map((altitude) => altitude - station),
      profiles: Array.from({ length: angles }, (_, angle) =>
        ratio.values.slice(angle * levels, (angle + 1) * levels).map((one) => (one > FILL ? NaN : one)),
      ),
    };
  });
}

/** Larger values stand for missing ones. */
const FILL = 1e20;

function valid(values: readonly number[]): number[] {
  return values.filter((value) => Number.isFinite(value) && value < FILL);
}

/** Newer files have one gain factor; format 1.0 has an average for each angle. */
function gainOf(file: Netcdf, numbers: (name: string) => Variable): readonly [value: number, error: number] {
  if (file.variable('polarization_gain_factor') !== undefined) {
    const { values } = numbers('polarization_gain_factor');
    if (values.length > 1) throw new Error('this ELDEC product holds more than one gain factor');
    return [values[0] ?? NaN, numbers('polarization_gain_factor_statistical_error').values[0] ?? NaN];
  }
  return [
    mean(numbers('polarization_calibration_ratio_average').values),
    mean(numbers('polarization_calibration_ratio_average_statistical_error').values),
  ];
}

/** The mean of what is there. */
export function mean(values: readonly number[]): number {
  const known = valid(values);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
