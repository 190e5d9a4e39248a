import { NUMERIC } from '../array/data-types.js';
import type { Layout } from '../array/strided.js';
import { sizeOf, stridesOf } from '../array/selection.js';
import type { Header, HeaderVariable } from './header.js';

/** Where the variables of a file lie, and how many records it has. */
export interface Records {
  readonly records: number;
  /** What is odd about them. */
  readonly warnings: readonly string[];
  shapeOf(variable: HeaderVariable): number[];
  layoutOf(variable: HeaderVariable): Layout;
}

export const itemBytesOf = ({ dtype }: HeaderVariable): number => (dtype === 'text' ? 1 : NUMERIC[dtype].bytes);

const hasRecords = ({ dimensions }: HeaderVariable): boolean => dimensions[0]?.length === 0;

/** Bytes of a variable without records, or of one record of it, without padding. */
function bytesOf(variable: HeaderVariable): number {
  const lengths = variable.dimensions.map(({ length }) => length);
  return sizeOf(hasRecords(variable) ? lengths.slice(1) : lengths) * itemBytesOf(variable);
}

const padded = (bytes: number): number => Math.ceil(bytes / 4) * 4;

/** The records of all variables lie one behind the other, each filled up to 4 bytes, unless there is a single variable with records. */
export function recordsOf({ records: stated, variables }: Header, size: number): Records {
  const parts = variables.filter(hasRecords);
  const [only, ...more] = parts.map(bytesOf);
  const recordBytes =
    more.length === 0 ? (only ?? 0) : parts.reduce((sum, variable) => sum + padded(bytesOf(variable)), 0);
  const { records, warnings } = lengthOf(parts, recordBytes, stated, size);
  const shapeOf = ({ dimensions }: HeaderVariable): number[] =>
    dimensions.map(({ length }) => (length === 0 ? records : length));
  return {
    records,
    warnings: [...warnings, ...variables.filter((variable) => !hasRecords(variable)).flatMap((one) => cut(one, size))],
    shapeOf,
    layoutOf: (variable) => {
      const itemBytes = itemBytesOf(variable);
      const [, ...inner] = stridesOf([1, ...variable.dimensions.map(({ length }) => length)]);
      const byteStrides = inner.map((stride) => stride * itemBytes);
      if (hasRecords(variable)) byteStrides[0] = recordBytes;
      return { offset: variable.begin, byteStrides, itemBytes };
    },
  };
}

function cut(variable: HeaderVariable, size: number): string[] {
  const missing = variable.begin + bytesOf(variable) - size;
  return missing > 0 ? [`the file is cut short: ${missing} bytes of the variable ${variable.name} are missing`] : [];
}

function lengthOf(
  parts: readonly HeaderVariable[],
  recordBytes: number,
  stated: number | undefined,
  size: number,
): Pick<Records, 'records' | 'warnings'> {
  if (recordBytes === 0) return { records: stated ?? 0, warnings: [] };
  const whole = Math.min(
    ...parts
      .filter((variable) => bytesOf(variable) > 0)
      .map((variable) => Math.max(0, Math.floor((size - variable.begin - bytesOf(variable)) / recordBytes) + 1)),
  );
  const first = Math.min(...parts.map(({ begin }) => begin));
  const left = Math.max(0, size - first - whole * recordBytes);
  if (stated === undefined)
    return { records: whole, warnings: left > 0 && left < recordBytes ? [lastIsCut(whole, left, recordBytes)] : [] };
  if (whole >= stated) return { records: stated, warnings: [] };
  // The last record is left out; where more is missing the file is damaged, and reading that part fails.
  if (whole === stated - 1) return { records: whole, warnings: [lastIsCut(whole, left, recordBytes)] };
  return { records: stated, warnings: [`the file is cut short: it holds ${whole} of its ${stated} records`] };
}

const lastIsCut = (whole: number, left: number, recordBytes: number): string =>
  `the last record is cut short and left out: ${left} of its ${recordBytes} bytes are there, after ${whole} complete records`;
