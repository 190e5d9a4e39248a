/** `YYYY-MM-DD HH:MM`, as the admin shows dates; an empty one is Django's `-`. */
export function adminDate(date: Date | undefined): string {
  return date === undefined ? '-' : date.toISOString().slice(0, 16).replace('T', ' ');
}

/** `YYYY-MM-DDTHH:MM:SS`, as the API writes dates: without a zone. */
export function apiDate(date: Date | undefined): string | null {
  return date === undefined ? null : date.toISOString().slice(0, 19);
}

/** `YYYYMMDDHHMM`, as in the names of product files. */
export function stamp(date: Date | undefined): string {
  return date === undefined ? '000000000000' : date.toISOString().slice(0, 16).replace(/[-T:]/g, '');
}

const DATE_TIME = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?)?$/;

/** A date of a query string as Django reads it; `undefined` when it cannot. */
export function parseAdminDate(text: string): Date | undefined {
  const match = DATE_TIME.exec(text.trim());
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? '0'));
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  return same && minute < 60 && second < 60 ? date : undefined;
}
