import { clockSeconds } from '../archive/coverage.js';
import { dayText } from '../names/days.js';
import type { SpiceName } from '../names/types.js';

const HOUR = 3_600_000;
const SPIN = 15_000;

/** A spin or repoint table: CSV with a header, as the processing pipeline reads it. */
export function tableText(file: SpiceName): string {
  return file.type === 'repoint' ? repointTable(file.end ?? 0) : spinTable(file.start ?? 0);
}

/**
 * One repointing a day at 06:15 UTC for the five days up to the file's end, of fifteen minutes; the last one has not
 * ended yet, so its end is `nan`.
 */
function repointTable(lastDay: number): string {
  const rows = [4, 3, 2, 1, 0].map((back) => {
    const begin = lastDay - back * 24 * HOUR + 6.25 * HOUR;
    const end = begin + HOUR / 4;
    const id = repointingOfDay(lastDay - back * 24 * HOUR);
    const [endSeconds, endTicks, endUtc] = back === 0 ? ['nan', 'nan', 'nan'] : [seconds(end), '0', utc(end)];
    return [seconds(begin), '0', endSeconds, endTicks, utc(begin), endUtc, String(id)].join(',');
  });
  const header = [
    'repoint_start_sec_sclk',
    'repoint_start_subsec_sclk',
    'repoint_end_sec_sclk',
    'repoint_end_subsec_sclk',
    'repoint_start_utc',
    'repoint_end_utc',
    'repoint_id',
  ];
  return `${[header.join(','), ...rows].join('\n')}\n`;
}

/** Number of the repointing that begins on a day: 100 on 1 January 2026. */
export function repointingOfDay(midnight: number): number {
  return 100 + Math.round((midnight - Date.UTC(2026, 0, 1)) / (24 * HOUR));
}

function spinTable(day: number): string {
  const first = Number(dayText(day)) % 10_000;
  const rows = Array.from({ length: 24 }, (_unused, index) => {
    const begin = day + index * SPIN;
    return `${String(first * 6000 + index)},${seconds(begin)},0,${utc(begin)},15.0,1,1,0,0`;
  });
  const header =
    'spin_number,spin_start_sec_sclk,spin_start_subsec_sclk,spin_start_utc,spin_period_sec,spin_period_valid,' +
    'spin_phase_valid,spin_period_source,thruster_firing';
  return `${[header, ...rows].join('\n')}\n`;
}

function seconds(ms: number): string {
  return String(Math.floor(clockSeconds(ms)));
}

function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23).replace('T', ' ')}000`;
}
