import { toDate } from '../../core/util/dates.js';
import { UsageError } from './usage-error.js';

/** A moment from an argument: `YYYY-MM-DD`, `YYYYMMDD` or ISO 8601, UTC where no zone is named. */
export function utcDay(text: string, name: string): Date {
  const compact = /^(\d{4})(\d{2})(\d{2})$/u.exec(text);
  const iso = compact === null ? text : `${compact[1] ?? ''}-${compact[2] ?? ''}-${compact[3] ?? ''}`;
  try {
    return toDate(iso, name);
  } catch {
    throw new UsageError(`${name} must be a date such as 2021-06-01, got ${JSON.stringify(text)}`);
  }
}
