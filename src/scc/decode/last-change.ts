import { parseIso } from '../../core/util/dates.js';
import type { ApiMeasurement } from './schemas.js';
import type { Measurement } from '../types.js';

/** A measurement, and when it was changed last. */
export interface ChangedMeasurement {
  readonly measurement: Measurement;
  /** The latest moment that it can have been; `undefined` where the SCC does not tell, or tells without a time zone. */
  readonly changedAt: Date | undefined;
}

const ZONE = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/iu;
const SECONDS = /\d{2}:?\d{2}:?\d{2}(?:[.,]\d+)?\D/u;

/** When a record says that it was changed last: to the minute, it means the end of that minute. */
export function changedAt({ updated_date: value }: ApiMeasurement): Date | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const date = ZONE.test(text) ? parseIso(text) : undefined;
  if (date === undefined) return undefined;
  return SECONDS.test(text.slice('YYYY-MM-DD'.length)) ? date : new Date(date.getTime() + 60_000);
}
