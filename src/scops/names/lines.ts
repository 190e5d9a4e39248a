import { SENSORS } from '../centre.js';
import type { ScopsSensor } from '../types.js';

/** The instrument of a line, by the first letter of its name. */
export function sensorOf(line: string): ScopsSensor {
  return Object.entries(SENSORS).find(([letter]) => line.startsWith(letter))?.[1] ?? 'unknown';
}

/** What the server strips from both ends of a field name to get the line's name: these letters, not the suffix. */
const STRIPPED = /^[_linechk]+|[_linechk]+$/gu;

/**
 * Whether the server gets the line's name right. It strips the characters of `_line_check`, not the suffix, so names that
 * begin or end with one of these letters (all of Eagle and Hawk) fail with 400 (protocol notes 5.7, observed).
 */
export function isOrderable(line: string): boolean {
  return `${line}_line_check`.replace(STRIPPED, '') === line;
}
