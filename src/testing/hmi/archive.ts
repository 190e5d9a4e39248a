import { generateRecords } from './generate.js';
import { GENERATIONS, type HmiGeneration } from './generations.js';
import { PUBLISHED_RECORDS } from './published.js';
import type { HmiSimData, HmiSimRange, HmiSimRecord, HmiSimRecordInput } from './records.js';
import { KNOWN_SERIES, seriesOf, shortName, type HmiSimSeries } from './series.js';
import { dateObsMicros, fileStamp, readMicros } from './times.js';

/** One series and its records, in ascending time. */
export interface HmiHolding {
  readonly series: HmiSimSeries;
  readonly records: readonly HmiSimRecord[];
  readonly byRecnum: ReadonlyMap<number, HmiSimRecord>;
  /** First record of each second, by `YYYYMMDDHHMMSS`: the file names of the first generation know no more. */
  readonly byStamp: ReadonlyMap<string, HmiSimRecord>;
}

/** The records that the simulated service holds; bodies are never held. */
export interface HmiArchive {
  readonly holdings: ReadonlyMap<string, HmiHolding>;
}

/** Three days of patches (definitive, remapped, near real time) and of full disks. */
const SAMPLE_RANGES: readonly HmiSimRange[] = [
  { series: 'hmi.sharp_720s', start: '2015-12-10', end: '2015-12-13', gaps: true },
  { series: 'hmi.sharp_cea_720s', start: '2015-12-10', end: '2015-12-13', gaps: true },
  { series: 'hmi.sharp_cea_720s_nrt', start: '2016-01-18', end: '2016-01-21', gaps: true },
  { series: 'hmi.m_720s', start: '2015-12-10', end: '2015-12-13', gaps: true },
];

/** Builds the archive from the sample data and the `data` option. */
export function buildArchive(data: HmiSimData): HmiArchive {
  const sample = data.replace !== true;
  const series = new Map<string, Map<number, HmiSimRecord>>();
  const held = (name: string): Map<number, HmiSimRecord> => {
    const records = series.get(name) ?? new Map<number, HmiSimRecord>();
    series.set(name, records);
    return records;
  };
  if (sample) KNOWN_SERIES.forEach(held);
  for (const range of [...(sample ? SAMPLE_RANGES : []), ...(data.ranges ?? [])]) {
    const records = held(range.series);
    for (const record of generateRecords(range)) records.set(record.recnum, record);
  }
  for (const input of sample ? PUBLISHED_RECORDS : []) {
    const records = held(input.series);
    dropTwins(records, input);
    records.set(input.recnum, fromInput(input));
  }
  for (const input of data.records ?? []) held(input.series).set(input.recnum, fromInput(input));
  return { holdings: new Map([...series].map(([name, records]) => [name, holding(name, records)])) };
}

/** A HARP has one record in a slot: a published row takes the place of the generated one. */
function dropTwins(records: Map<number, HmiSimRecord>, input: HmiSimRecordInput): void {
  for (const [recnum, record] of records) {
    if (record.tRecIndex === input.tRecIndex && record.harpnum === input.harpnum) records.delete(recnum);
  }
}

function fromInput(input: HmiSimRecordInput): HmiSimRecord {
  const { nearRealTime } = seriesOf(input.series);
  const micros = input.dateObs === undefined ? undefined : readMicros(input.dateObs);
  return {
    series: input.series,
    recnum: input.recnum,
    tRecIndex: input.tRecIndex,
    harpnum: input.harpnum,
    quality: input.quality ?? (nearRealTime ? 1024 : 0),
    segments: input.segments,
    micros: micros ?? dateObsMicros(input.tRecIndex, nearRealTime),
    dateObs: input.dateObs,
    time: input.time,
    meta: input.meta ?? {},
  };
}

function holding(name: string, found: ReadonlyMap<number, HmiSimRecord>): HmiHolding {
  const records = [...found.values()].sort((a, b) => a.micros - b.micros || (a.harpnum ?? 0) - (b.harpnum ?? 0));
  const byStamp = new Map<string, HmiSimRecord>();
  for (const record of records) {
    const stamp = fileStamp(record.micros);
    if (!byStamp.has(stamp)) byStamp.set(stamp, record);
  }
  return { series: seriesOf(name), records, byRecnum: found, byStamp };
}

/**
 * Finds a series by the name in a path. Whether the prefix `hmi.` is optional is not known: with `strict` a generation
 * takes short names alone, or full names alone.
 */
export function findHolding(
  archive: HmiArchive,
  name: string,
  generation: HmiGeneration,
  strict: boolean,
): HmiHolding | undefined {
  const full = archive.holdings.get(name);
  const { hasShortNames } = GENERATIONS[generation];
  if (full !== undefined) return strict && hasShortNames ? undefined : full;
  if (strict && !hasShortNames) return undefined;
  for (const held of archive.holdings.values()) {
    if (shortName(held.series.name) === name || held.series.aliases.includes(name)) return held;
  }
  return undefined;
}
