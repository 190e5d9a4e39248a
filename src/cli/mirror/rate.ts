import { UsageError } from '../command/usage-error.js';

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1000, m: 1_000_000, g: 1_000_000_000 };

/** Bytes per second from `500k` or `2M`; decimal units, as sizes are printed. */
export function bytesPerSecond(text: string): number {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)([kmg]?)$/iu.exec(text.trim()) ?? [];
  const bytes = Number(digits) * (UNITS[unit.toLowerCase()] ?? NaN);
  if (bytes >= 1 && Number.isFinite(bytes)) return Math.round(bytes);
  throw new UsageError(`--bwlimit must be bytes per second, such as 500k or 2M, got ${JSON.stringify(text)}`);
}
