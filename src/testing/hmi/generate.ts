import { hashText, mix } from './hash.js';
import { PUBLISHED_SLOTS } from './published.js';
import type { HmiSimRange, HmiSimRecord } from './records.js';
import { seriesOf, type HmiSimSeries } from './series.js';
import { dateObsMicros, firstSlotFrom, readMicros } from './times.js';

/** HARPs of the sample data; near-real-time numbers differ from definitive ones. */
const HARPS: readonly number[] = [6178, 6167, 6173, 6181, 6155, 6185];
const NEAR_REAL_TIME_HARPS: readonly number[] = [6303, 6297, 6301, 6306, 6289, 6310];

const SLOTS_PER_BLOCK = 30;
const FIRST_RECNUM = 6_000_000;
const FIRST_SLOT = 750_000;
const RECNUMS_PER_SLOT = 16;

/** Makes up the records of a range, slot by slot in ascending time. */
export function* generateRecords(range: HmiSimRange): Generator<HmiSimRecord, void, undefined> {
  const series = seriesOf(range.series);
  const end = moment(range.end);
  const limit = range.count ?? Infinity;
  let made = 0;
  for (let index = firstSlotFrom(moment(range.start), series.nearRealTime); made < limit; index += 1) {
    const micros = dateObsMicros(index, series.nearRealTime);
    if (micros >= end) return;
    if (range.gaps === true && isGap(series, index)) continue;
    for (const [place, harpnum] of harpsAt(series, index, range.harps).entries()) {
      if (made === limit) return;
      made += 1;
      yield {
        series: series.name,
        recnum: recnumOf(index, place),
        tRecIndex: index,
        harpnum,
        quality: series.nearRealTime ? 1024 : 0,
        segments: undefined,
        micros,
        dateObs: undefined,
        time: undefined,
        meta: {},
      };
    }
  }
}

/** The same in every series, since record numbers are unique within one series only. */
function recnumOf(index: number, place: number): number {
  return FIRST_RECNUM + (index - FIRST_SLOT) * RECNUMS_PER_SLOT + place;
}

function isGap(series: HmiSimSeries, index: number): boolean {
  return !PUBLISHED_SLOTS.has(index) && mix(hashText(series.name) + index) % 23 === 0;
}

function harpsAt(series: HmiSimSeries, index: number, wanted: HmiSimRange['harps']): readonly (number | undefined)[] {
  if (!series.patches) return [undefined];
  if (typeof wanted === 'object') return wanted;
  const roster = series.nearRealTime ? NEAR_REAL_TIME_HARPS : HARPS;
  const count = wanted ?? 1 + (mix(hashText(series.name) + Math.floor(index / SLOTS_PER_BLOCK)) % roster.length);
  return Array.from({ length: count }, (_, place) => roster[place] ?? 7000 + place);
}

function moment(value: Date | string): number {
  const micros = value instanceof Date ? value.getTime() * 1000 : readMicros(value);
  if (micros === undefined || Number.isNaN(micros)) {
    throw new TypeError(
      `simulateHmi: a range of data has no valid date: ${JSON.stringify(value)}; use a Date or ISO 8601`,
    );
  }
  return micros;
}
