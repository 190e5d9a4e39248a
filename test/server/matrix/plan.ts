import { cover } from '../../support/full.js';
import { ROWS, type Row } from './rows.js';
import type { Subject } from './subject.js';

/** How often a fault strikes: once, so that asking again may help, or always. */
export type Times = 'once' | 'always';

/** One cell of the matrix. */
export interface Cell {
  readonly subject: Subject;
  readonly station: string;
  readonly row: Row;
  readonly times: Times;
}

/** What a request is for: the bytes of a file, an answer to a question, a form that goes once, bytes that go again. */
export type Role = 'bytes' | 'ask' | 'form' | 'put';

/** The role of a station. */
export function roleOf({ sends, carrier, kind }: Subject, station: string): Role {
  if (sends?.station === station) return sends.once ? 'form' : 'put';
  return station === carrier && kind !== 'upload' ? 'bytes' : 'ask';
}

/** Why a fault says nothing of a call; `undefined` where it does. */
export function outOfPlace(subject: Subject, station: string, row: Row, times: Times): string | undefined {
  const role = roleOf(subject, station);
  const { kind, whole, few, silences, rangeless } = subject;
  const also = few?.[station];
  if (row.beside === 'twin' && subject.laid !== undefined) return 'what lies at the target is the call’s own matter';
  if (row.of === 'rest' || row.of === 'left') {
    if (role !== 'bytes') return 'only the request for the bytes of a file has a range';
    if (kind === 'open') return 'a stream has no part on a disk, so no rest is asked for';
    if (kind === 'check') return 'a comparison leaves no part, so no rest is asked for';
    if (whole !== undefined) return `no rest is asked for: ${whole}`;
  }
  if (row.beside === 'dead-lock' && subject.keeps === true)
    return 'a mirror turns to a file with a lock last, so that the fault strikes another one';
  if (times === 'once' && role === 'bytes' && row.nature === 'final' && row.codes.includes('not-available'))
    if (subject.leavesOut !== undefined) return subject.leavesOut;
  if (row.of === 'whole' && role !== 'bytes') return 'an answer that is no file has neither ranges nor validators';
  if (row.of === 'whole' && row.needsRanges === true && rangeless !== undefined) return rangeless;
  if (row.of === 'text' && role === 'bytes') return 'a file is no text; its parts stand in rows of their own';
  if (row.of === 'text' && (role === 'put' || subject.bodiless?.includes(station) === true))
    return 'the answer has no body, so no part either';
  if (row.name === 'nothing with status 200' && silences?.[station] !== undefined) return silences[station];
  if (also !== undefined && row.core !== true)
    return `all faults strike the same request in ${also}; here one of each kind does`;
  return undefined;
}

/** The matrix: each call at each of its stations with each fault, passing and lasting. */
export function everyCell(subjects: readonly Subject[]): {
  readonly cells: readonly Cell[];
  readonly left: readonly string[];
} {
  const made: Cell[] = [];
  const left = new Map<string, number>();
  for (const subject of subjects)
    for (const station of Object.keys(subject.stations))
      for (const row of ROWS)
        for (const times of ['once', 'always'] as const) {
          const why = outOfPlace(subject, station, row, times);
          if (why === undefined) made.push({ subject, station, row, times });
          else left.set(why, (left.get(why) ?? 0) + 1);
        }
  return { cells: made, left: [...left].map(([why, count]) => `${count} cells: ${why}`) };
}

/** What is tested of it: each request once and each fault in each role once, unless everything is tested. */
export function cells(subjects: readonly Subject[]): {
  /** Those that are tested. */
  readonly cells: readonly Cell[];
  /** How many there are. */
  readonly whole: number;
  readonly left: readonly string[];
} {
  const { cells: all, left } = everyCell(subjects);
  const tested = cover(
    all,
    ({ subject }) => subject.name,
    ({ subject, station }) => `${subject.name} ${station}`,
    ({ subject, station, row }) => `${roleOf(subject, station)} ${row.name}`,
    ({ row, times }) => `${row.name} ${times}`,
  );
  return { cells: tested, whole: all.length, left };
}
