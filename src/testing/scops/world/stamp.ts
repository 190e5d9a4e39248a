/** `YYYYmmddHHMMSS` of a moment in a zone: the last part of both ids. */
export function stamp(ms: number, timeZone: string): string {
  return parts(ms, timeZone).join('');
}

/** `YYYY-MM-DD HH:MM:SS,mmm`: the first part of a log line. */
export function logTime(ms: number, timeZone: string): string {
  const [year, month, day, hour, minute, second] = parts(ms, timeZone);
  const thousandths = String(((Math.floor(ms) % 1000) + 1000) % 1000).padStart(3, '0');
  return `${year}-${month}-${day} ${hour}:${minute}:${second},${thousandths}`;
}

type Parts = [year: string, month: string, day: string, hour: string, minute: string, second: string];

function parts(ms: number, timeZone: string): Parts {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const found = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => found.get(type) ?? '';
  return [part('year'), part('month'), part('day'), part('hour'), part('minute'), part('second')];
}
