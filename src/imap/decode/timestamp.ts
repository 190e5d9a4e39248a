import { dayMs, digitsAt } from '../names/days.js';

/**
 * Reads the server's three forms of a UTC timestamp: `YYYYMMDD HH:MM:SS`, `YYYY-MM-DD HH:MM:SS` and
 * `YYYY-MM-DD, HH:MM:SS`; also ISO 8601 with `T`, fraction and `Z` or `+00:00`. By hand: a regular expression per row costs as much
 * as all other checks of a large answer.
 *
 * @returns Milliseconds, or `undefined` when it is something else.
 */
export function parseTimestamp(text: string): number | undefined {
  const dashed = text.charCodeAt(4) === DASH;
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, dashed ? 5 : 4, 2);
  const day = digitsAt(text, dashed ? 8 : 6, 2);
  if (dashed && text.charCodeAt(7) !== DASH) return undefined;
  const midnight = dayMs(year, month, day);
  if (midnight === undefined) return undefined;
  let at = dashed ? 10 : 8;
  if (text.charCodeAt(at) === COMMA) at += 1;
  const separator = text.charCodeAt(at);
  if (separator !== SPACE && separator !== LETTER_T) return text.length === at ? midnight : undefined;
  at += 1;
  const hour = digitsAt(text, at, 2);
  const minute = digitsAt(text, at + 3, 2);
  const second = digitsAt(text, at + 6, 2);
  const colons = text.charCodeAt(at + 2) === COLON && text.charCodeAt(at + 5) === COLON;
  if (!colons || !(hour < 24) || !(minute < 60) || !(second < 60)) return undefined;
  const ms = midnight + ((hour * 60 + minute) * 60 + second) * 1000;
  at += 8;
  return text.length === at ? ms : withFraction(text.slice(at), ms);
}

function withFraction(rest: string, ms: number): number | undefined {
  const match = /^(?:\.([0-9]{1,9}))?(?:Z|\+00:?00)?$/u.exec(rest);
  return match === null ? undefined : ms + Number((match[1] ?? '0').padEnd(3, '0').slice(0, 3));
}

const DASH = 45;
const COMMA = 44;
const SPACE = 32;
const COLON = 58;
const LETTER_T = 84;
