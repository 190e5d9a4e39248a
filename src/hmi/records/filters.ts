import type { Arguments } from '../../core/operation/arguments.js';
import { SLOT_SECONDS } from '../times/tai.js';
import type { HmiQuery, HmiRecord } from '../types.js';
import { withFiles, slotOf } from './identity.js';

/** The conditions of a query that the service itself does not know. */
export type HmiConditions = Pick<HmiQuery, 'harpnum' | 'segments' | 'cadenceMinutes' | 'quality' | 'filter'>;

/** Applied to one page: what is left, and what could not be judged. */
export interface Filtered {
  readonly records: HmiRecord[];
  readonly warnings: string[];
}

const SLOT_MINUTES = SLOT_SECONDS / 60;

/**
 * Checks the conditions and makes one filter of them.
 *
 * A record that does not carry what it would be judged by (HARP or quality in older generations) is left out, and a
 * warning says so.
 *
 * @throws `TypeError` or `RangeError` for invalid conditions.
 */
export function recordFilter(args: Arguments, conditions: HmiConditions): (records: HmiRecord[]) => Filtered {
  const harps = harpsOf(args, conditions);
  const segments = segmentsOf(args, conditions.segments);
  const step = cadenceOf(args, conditions);
  const tolerated = qualityOf(args, conditions);
  const { filter: predicate } = conditions;
  if (predicate !== undefined && typeof predicate !== 'function') throw args.invalid('filter must be a function');
  return (records) => {
    const unjudged = { harpnum: 0, quality: 0 };
    const kept = records.filter((record) => {
      if (step !== undefined && slotOf(record) % step !== 0) return false;
      if (harps !== undefined) {
        if (record.harpnum === undefined) unjudged.harpnum += 1;
        if (record.harpnum === undefined || !harps.has(record.harpnum)) return false;
      }
      if (tolerated !== undefined) {
        if (record.quality === undefined) unjudged.quality += 1;
        if (record.quality === undefined || !onlyBits(record.quality, tolerated)) return false;
      }
      return true;
    });
    const chosen = segments === undefined ? kept : kept.map((one) => chooseFiles(one, segments));
    const left = predicate === undefined ? chosen : chosen.filter((one) => predicate(one));
    return { records: left, warnings: [...unjudgedWarnings(unjudged), ...segmentWarnings(left, kept, segments)] };
  };
}

/**
 * Checks a list of segment names; `undefined` means all.
 *
 * @throws `TypeError` when it is not a list of names.
 */
export function segmentsOf(args: Arguments, segments: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (segments === undefined) return undefined;
  if (!Array.isArray(segments) || segments.length === 0)
    throw args.invalid("segments must be a list of segment names such as ['magnetogram', 'bitmap']");
  return new Set(segments.map((one: unknown) => args.text(one, 'segments')));
}

function chooseFiles(record: HmiRecord, segments: ReadonlySet<string>): HmiRecord {
  return withFiles(record, (file) => file.segment === undefined || segments.has(file.segment));
}

function harpsOf(args: Arguments, { harpnum }: HmiConditions): ReadonlySet<number> | undefined {
  if (harpnum === undefined) return undefined;
  const list: readonly unknown[] = Array.isArray(harpnum) ? harpnum : [harpnum];
  if (list.length === 0) throw args.outOfRange('harpnum must name at least one HARP');
  return new Set(list.map((one) => args.integer(one, 'harpnum', { min: 0 })));
}

function cadenceOf(args: Arguments, { cadenceMinutes }: HmiConditions): number | undefined {
  if (cadenceMinutes === undefined) return undefined;
  const minutes = args.integer(cadenceMinutes, 'cadenceMinutes', { min: SLOT_MINUTES });
  if (minutes % SLOT_MINUTES !== 0)
    throw args.outOfRange(`cadenceMinutes must be a multiple of ${SLOT_MINUTES}, got ${minutes}`);
  return minutes / SLOT_MINUTES;
}

function qualityOf(args: Arguments, { quality }: HmiConditions): number | undefined {
  if (quality === undefined || quality === 'any') return undefined;
  return args.integer(quality, "quality (or 'any')", { min: -(2 ** 31), max: 2 ** 32 - 1 });
}

/** JSOC prints the 32 bits signed or unsigned; both mean the same mask. */
function onlyBits(quality: number, tolerated: number): boolean {
  return (quality & ~tolerated) === 0;
}

function unjudgedWarnings(unjudged: Readonly<Record<string, number>>): string[] {
  return Object.entries(unjudged)
    .filter(([, count]) => count > 0)
    .map(([field, count]) => `${count} records have no ${field}, so the ${field} filter left them out`);
}

function segmentWarnings(
  chosen: readonly HmiRecord[],
  all: readonly HmiRecord[],
  segments: ReadonlySet<string> | undefined,
): string[] {
  if (segments === undefined) return [];
  const bare = chosen.filter((one) => one.files.length === 0);
  if (bare.length === 0) return [];
  const known = new Set(all.flatMap((one) => one.files.map((file) => file.segment ?? '')));
  const offer = known.size === 0 ? 'they list no files' : `there are ${[...known].join(', ')}`;
  return [`${bare.length} records have no file of the requested segments (${[...segments].join(', ')}); ${offer}`];
}
