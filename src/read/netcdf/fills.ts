import type { NumericType } from '../array/data-types.js';

const FLOAT = 9.969209968386869e36;

/** What the netCDF library writes where nothing was written (netcdf.h, NC_FILL_*). */
export const DEFAULT_FILLS: Readonly<Partial<Record<NumericType, number | bigint>>> = {
  int8: -127,
  uint8: 255,
  int16: -32767,
  uint16: 65535,
  int32: -2147483647,
  uint32: 4294967295,
  int64: -9223372036854775806n,
  uint64: 18446744073709551614n,
  float32: FLOAT,
  float64: FLOAT,
};
