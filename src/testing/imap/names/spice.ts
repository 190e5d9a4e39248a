import { midnight, midnightOfDay, midnightOfOrdinal, midnightOfShortDay } from './days.js';
import { SPICE_PATTERNS, SPICE_TYPES, type SpicePattern } from './spice-patterns.js';
import type { SpiceName } from './types.js';

/** Reads a kernel or table file name (section 10.5): the first pattern that fits decides, whatever comes of it. */
export function readSpice(name: string): SpiceName | undefined {
  for (const pattern of SPICE_PATTERNS) {
    const match = pattern.grammar.exec(name);
    if (match !== null) return fromMatch(name, pattern, match);
  }
  return undefined;
}

function fromMatch(name: string, pattern: SpicePattern, match: RegExpExecArray): SpiceName | undefined {
  const word = typeof pattern.type === 'number' ? (match[pattern.type] ?? '') : pattern.type;
  const kind = Object.hasOwn(SPICE_TYPES, word) ? SPICE_TYPES[word] : undefined;
  const start = dateOf(match, pattern.start);
  const end = dateOf(match, pattern.end);
  if (kind === undefined || start === undefined || end === undefined) return undefined;
  const [type, directory] = kind;
  const version = pattern.version === undefined ? null : (match[pattern.version] ?? null);
  const key = `imap/spice/${directory}/${name}`;
  return { family: 'spice', name, key, type, directory, version, root: rootOf(name, version), start, end };
}

/** `null`: the pattern has no such date; `undefined`: it has one that the calendar lacks. */
function dateOf(match: RegExpExecArray, groups: SpicePattern['start']): number | null | undefined {
  if (groups === undefined) return null;
  const [first, second] = groups;
  const text = match[first] ?? '';
  if (second !== undefined) return midnightOfOrdinal(text, match[second] ?? '');
  if (text.length === 4) return midnight(Number(text), 1, 1);
  return text.length === 6 ? midnightOfShortDay(text) : midnightOfDay(text);
}

/** The name without its version digits: `naif.tls`, `imap_sclk_.tsc`, `imap_2025_118_2025_120_.ah.bc`. */
function rootOf(name: string, version: string | null): string {
  if (version === null || version === '') return name;
  const dot = name.indexOf('.');
  const stem = name.slice(0, dot);
  return stem.endsWith(version) ? stem.slice(0, -version.length) + name.slice(dot) : name;
}
