/** Midnight UTC of a calendar day in milliseconds; `undefined` when the calendar has no such day. */
export function midnight(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const real = year >= 1 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1;
  return real && date.getUTCDate() === day ? date.getTime() : undefined;
}

/** Reads eight digits, `YYYYMMDD`. */
export function midnightOfDay(text: string): number | undefined {
  if (!/^\d{8}$/.test(text)) return undefined;
  return midnight(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6)));
}

/** Reads six digits, `yymmdd`: 69 to 99 are of the twentieth century. */
export function midnightOfShortDay(text: string): number | undefined {
  const year = Number(text.slice(0, 2));
  return midnight(year >= 69 ? 1900 + year : 2000 + year, Number(text.slice(2, 4)), Number(text.slice(4)));
}

/** Reads year and day of year; as on the server, day 366 of a common year is 1 January of the next. */
export function midnightOfOrdinal(year: string, day: string): number | undefined {
  const first = midnight(Number(year), 1, 1);
  const ordinal = Number(day);
  return first === undefined || ordinal < 1 || ordinal > 366 ? undefined : first + (ordinal - 1) * 86_400_000;
}

// The date fields of the server's parser: month and day may have one digit, the day a blank before it,
// and the parser backtracks until the whole text fits (section 10.2).
const LAX_DAY = /^(\d{4})(1[0-2]|0[1-9]|[1-9])(3[01]|[12]\d|0[1-9]|[1-9]| [1-9])$/;

/** Reads a date the way the server does (`%Y%m%d`, lax); `undefined` is a crash there. */
export function serverDay(text: string): number | undefined {
  const match = LAX_DAY.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = ''] = match;
  return midnight(Number(year), Number(month), Number(day));
}

/** Writes `YYYYMMDD`. */
export function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10).replaceAll('-', '');
}

/** Writes `YYYYMMDD HH:MM:SS`, as science, quicklook and ancillary rows of 2026 have it. */
export function compactStamp(ms: number): string {
  return `${dayText(ms)} ${timeText(ms)}`;
}

/** Writes `YYYY-MM-DD HH:MM:SS`, as rows of 2024 have it. */
export function spacedStamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 10)} ${timeText(ms)}`;
}

/** Writes `YYYY-MM-DD, HH:MM:SS`, as kernels and table files have it. */
export function commaStamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 10)}, ${timeText(ms)}`;
}

function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(11, 19);
}
