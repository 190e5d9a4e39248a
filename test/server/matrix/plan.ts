import type { FaultRule } from '../../../src/testing/kit/types.js';
import type { Subject } from './subject.js';

/** How often a fault strikes: once, so that asking again may help, or always. */
export type Times = 'once' | 'always';

/** One fault of the plan. */
export interface Row {
  readonly name: string;
  /** The fault; `stranger` is the origin of another host. */
  readonly fault: (stranger: string) => FaultRule['fault'];
  /** Leaves a part first, so that the fault meets a request for the rest. */
  readonly afterPart?: boolean;
  /** The file comes all the same, also when the fault is there for good. */
  readonly harmless?: boolean;
  /** What asking once more mends: everything, or what has no body yet (a stream cannot be taken up again). */
  readonly passes?: 'all' | 'before-body' | 'perhaps';
  /** What was received may prove to be whole, also when the fault is there for good. */
  readonly mayWork?: boolean;
  /** Codes that the error may have. */
  readonly codes: readonly string[];
  /** The centre holds other content from now on: one byte more. */
  readonly changes?: boolean;
  /** The client gives up soon. */
  readonly silent?: boolean;
}

const day = 86_400_000;
const later = (ms: number): string => new Date(Date.now() + ms).toUTCString();

/** Every fault that a server or the way to it can show. */
export const ROWS: Row[] = [
  {
    name: 'cut before a byte',
    fault: () => ({ kind: 'drop', afterBytes: 0 }),
    passes: 'before-body',
    codes: ['transfer', 'network'],
  },
  {
    name: 'cut in the body',
    fault: () => ({ kind: 'drop', afterBytes: 700 }),
    passes: 'before-body',
    codes: ['transfer', 'network'],
  },
  {
    name: 'silence before the headers',
    fault: () => ({ kind: 'stall' }),
    passes: 'all',
    codes: ['timeout'],
    silent: true,
  },
  {
    name: 'silence in the body',
    fault: () => ({ kind: 'stall', afterBytes: 700 }),
    passes: 'before-body',
    codes: ['timeout'],
    silent: true,
  },
  { name: 'reset before the request is read', fault: () => ({ kind: 'reset' }), passes: 'all', codes: ['network'] },
  {
    name: 'reset in the body',
    fault: () => ({ kind: 'reset', afterBytes: 700 }),
    passes: 'before-body',
    codes: ['transfer', 'network'],
  },
  {
    // The rest that is missing is asked for, and the 416 says that there is none.
    name: 'Content-Length too large',
    fault: () => ({ kind: 'length', delta: 7 }),
    passes: 'before-body',
    mayWork: true,
    codes: ['transfer', 'network'],
  },
  {
    name: 'Content-Length too small',
    fault: () => ({ kind: 'length', delta: -7 }),
    passes: 'perhaps',
    codes: ['transfer', 'network', 'unexpected-response'],
  },
  { name: 'gzip that nobody asked for', fault: () => ({ kind: 'gzip' }), harmless: true, codes: [] },
  { name: 'slow bytes', fault: () => ({ kind: 'slow', bytesPerSecond: 2_000_000 }), harmless: true, codes: [] },
  { name: 'late headers', fault: () => ({ kind: 'delay', ms: 50 }), harmless: true, codes: [] },
  {
    name: '429 with seconds',
    fault: () => ({ kind: 'status', status: 429, retryAfter: 1 }),
    passes: 'all',
    codes: ['rate-limited'],
  },
  {
    name: '429 with a date',
    fault: () => ({ kind: 'status', status: 429, retryAfter: later(1500) }),
    passes: 'all',
    codes: ['rate-limited'],
  },
  {
    name: '429 without a word',
    fault: () => ({ kind: 'status', status: 429 }),
    passes: 'all',
    codes: ['rate-limited'],
  },
  {
    name: '429 for days',
    fault: () => ({ kind: 'status', status: 429, retryAfter: (3 * day) / 1000 }),
    codes: ['rate-limited'],
  },
  {
    name: '503 with seconds',
    fault: () => ({ kind: 'status', status: 503, retryAfter: 1 }),
    passes: 'all',
    codes: ['server', 'rate-limited'],
  },
  {
    name: '503 with a date',
    fault: () => ({ kind: 'status', status: 503, retryAfter: later(1500) }),
    passes: 'all',
    codes: ['server', 'rate-limited'],
  },
  {
    name: '503 until a date in days',
    fault: () => ({ kind: 'status', status: 503, retryAfter: later(2 * day) }),
    codes: ['rate-limited'],
  },
  { name: '500', fault: () => ({ kind: 'status', status: 500 }), passes: 'all', codes: ['server'] },
  { name: '502 with a page', fault: () => ({ kind: 'html', status: 502 }), passes: 'all', codes: ['server'] },
  {
    name: 'redirect loop',
    fault: () => ({ kind: 'redirect-loop' }),
    passes: 'perhaps',
    codes: ['unexpected-response', 'not-available'],
  },
  {
    name: 'redirect to another host, 302',
    fault: (stranger) => ({ kind: 'redirect', location: `${stranger}/x` }),
    codes: ['unexpected-response', 'not-found', 'not-available', 'transfer'],
  },
  {
    name: 'redirect to another host, 307',
    fault: (stranger) => ({ kind: 'redirect', location: `${stranger}/x`, status: 307 }),
    codes: ['unexpected-response', 'not-found', 'not-available', 'transfer'],
  },
  {
    name: 'redirect to nowhere',
    fault: () => ({ kind: 'redirect', location: 'http://[' }),
    codes: ['unexpected-response', 'not-available'],
  },
  {
    name: 'a page with status 200',
    fault: () => ({ kind: 'html' }),
    codes: ['transfer', 'unexpected-response', 'not-available'],
  },
  {
    name: 'nothing with status 200',
    fault: () => ({ kind: 'status', status: 200 }),
    codes: ['transfer', 'unexpected-response', 'not-available'],
  },
  {
    name: '403',
    fault: () => ({ kind: 'status', status: 403 }),
    passes: 'perhaps',
    codes: ['forbidden', 'credentials'],
  },
  { name: '404', fault: () => ({ kind: 'status', status: 404 }), codes: ['not-found', 'not-available', 'server'] },
  {
    name: 'range: ignored',
    fault: () => ({ kind: 'range', mode: 'ignore' }),
    afterPart: true,
    harmless: true,
    codes: [],
  },
  {
    name: 'range: 206 at another offset',
    fault: () => ({ kind: 'range', mode: 'wrong-start' }),
    afterPart: true,
    passes: 'all',
    codes: ['unexpected-response', 'transfer'],
  },
  {
    name: 'range: the file has changed',
    fault: () => ({ kind: 'range', mode: 'changed' }),
    afterPart: true,
    changes: true,
    passes: 'perhaps',
    codes: ['transfer'],
  },
  {
    name: 'range: 416',
    fault: () => ({ kind: 'range', mode: '416' }),
    afterPart: true,
    passes: 'all',
    codes: ['unexpected-response', 'transfer', 'server'],
  },
  {
    name: 'range: a part instead of the rest',
    fault: () => ({ kind: 'range', mode: 'unsolicited-part' }),
    afterPart: true,
    passes: 'all',
    codes: ['unexpected-response'],
  },
  {
    name: 'range: 206 of the whole instead of the rest',
    fault: () => ({ kind: 'range', mode: 'unsolicited-whole' }),
    afterPart: true,
    harmless: true,
    codes: [],
  },
  {
    name: 'range: no validator',
    fault: () => ({ kind: 'range', mode: 'no-validator' }),
    afterPart: true,
    harmless: true,
    codes: [],
  },
  {
    name: 'range: weak validator',
    fault: () => ({ kind: 'range', mode: 'weak-validator' }),
    afterPart: true,
    harmless: true,
    codes: [],
  },
  {
    name: 'range: cut in the rest',
    fault: () => ({ kind: 'drop', afterBytes: 700 }),
    afterPart: true,
    passes: 'all',
    codes: ['transfer'],
  },
  {
    name: 'range: a page instead of the rest',
    fault: () => ({ kind: 'html' }),
    afterPart: true,
    codes: ['transfer', 'unexpected-response', 'not-available'],
  },
  {
    name: 'range: 500 instead of the rest',
    fault: () => ({ kind: 'status', status: 500 }),
    afterPart: true,
    passes: 'all',
    codes: ['server'],
  },
  {
    name: 'range: gzip of the rest',
    fault: () => ({ kind: 'gzip' }),
    afterPart: true,
    passes: 'all',
    codes: ['unexpected-response', 'transfer'],
  },
];

const FIRST: readonly Row[] = [
  { name: 'no range: ignored', fault: () => ({ kind: 'range', mode: 'ignore' }), harmless: true, codes: [] },
  {
    name: 'no range: 206 from another offset',
    fault: () => ({ kind: 'range', mode: 'wrong-start' }),
    codes: ['unexpected-response'],
  },
  {
    name: 'no range: other content than a moment ago',
    fault: () => ({ kind: 'range', mode: 'changed' }),
    changes: true,
    harmless: true,
    codes: [],
  },
  { name: 'no range: 416', fault: () => ({ kind: 'range', mode: '416' }), codes: ['unexpected-response', 'server'] },
  { name: 'no range: no validator', fault: () => ({ kind: 'range', mode: 'no-validator' }), harmless: true, codes: [] },
  { name: 'no range: weak validator', fault: () => ({ kind: 'range', mode: 'weak-validator' }), harmless: true, codes: [] },
  {
    name: 'no range: 206 of a part',
    fault: () => ({ kind: 'range', mode: 'unsolicited-part' }),
    codes: ['unexpected-response'],
  },
  {
    name: 'no range: 206 of the whole',
    fault: () => ({ kind: 'range', mode: 'unsolicited-whole' }),
    harmless: true,
    codes: [],
  },
];
ROWS.push(...FIRST);

/** One cell of the matrix. */
export interface Cell {
  readonly subject: Subject;
  readonly station: string;
  readonly row: Row;
  readonly times: Times;
}

/** Why a fault says nothing of a call; `undefined` where it does. */
export function outOfPlace(subject: Subject, station: string, row: Row): string | undefined {
  if (row.afterPart !== true) return undefined;
  if (subject.kind === 'open') return 'a stream has no part on a disk and asks for no ranges';
  if (subject.kind === 'check') return 'a comparison leaves no part';
  if (subject.kind === 'upload') return 'an upload asks for no ranges';
  if (subject.whole !== undefined) return subject.whole;
  return station === subject.carrier ? undefined : 'only the request for the bytes has a range';
}

/** The matrix: each call at each of its stations with each fault, passing and lasting. */
export function cells(subjects: readonly Subject[]): {
  readonly cells: readonly Cell[];
  readonly left: readonly string[];
} {
  const made: Cell[] = [];
  const left = new Map<string, number>();
  for (const subject of subjects)
    for (const station of Object.keys(subject.stations))
      for (const row of ROWS)
        for (const times of ['once', 'always'] as const) {
          const why = outOfPlace(subject, station, row);
          if (why === undefined) made.push({ subject, station, row, times });
          else left.set(why, (left.get(why) ?? 0) + 1);
        }
  return { cells: made, left: [...left].map(([why, count]) => `${count} cells: ${why}`) };
}
