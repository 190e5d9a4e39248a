import { midnightOfDay } from '../names/days.js';
import type { ImapSampleFile } from '../options.js';
import { repointingOfDay } from './tables.js';

const DAY = 86_400_000;
const DAYS = ['20260105', '20260106', '20260107'];

/** Products that come once a day. */
const DAILY = [
  'mag_l0_raw pkts',
  'mag_l1a_norm-mago cdf',
  'mag_l1b_norm-mago cdf',
  'mag_l2_norm-gse cdf',
  'swe_l0_raw pkts',
  'swe_l1a_sci cdf',
  'swe_l2_sci cdf',
  'swapi_l2_sci cdf',
  'swapi_l3a_proton-sw cdf',
  'hit_l0_raw pkts',
  'hit_l1a_counts cdf',
  'codice_l1a_lo-sw-species cdf',
  'idex_l2a_sci-1week cdf',
  'spacecraft_l1a_quaternions cdf',
];

/** Products that come once a pointing. */
const POINTINGS = [
  'glows_l1a_hist cdf',
  'hi_l1c_45sensor-pset cdf',
  'lo_l1c_pset cdf',
  'ultra_l1c_45sensor-spacecraftpset cdf',
  'ultra_l1c_90sensor-spacecraftpset cdf',
];

/**
 * Each file of major 1 in two minor versions, both released. Of the second day there is a major 2 that is not released,
 * so that the public's newest is not the newest.
 */
export function sampleScience(): ImapSampleFile[] {
  const daily = DAILY.flatMap((product) => DAYS.flatMap((day) => versions(product, day, '')));
  const pointings = POINTINGS.flatMap((product) =>
    DAYS.flatMap((day) => versions(product, day, `-repoint${pad(repointingOfDay(midnightOfDay(day) ?? 0), 5)}`)),
  );
  return [...daily, ...pointings, ...peculiar()];
}

function versions(product: string, day: string, interval: string): ImapSampleFile[] {
  const [stem = '', extension = ''] = product.split(' ');
  const file = (major: number, minor: number, released: boolean): ImapSampleFile => ({
    name: `imap_${stem}_${day}${interval}_v${pad(major, 3)}.${pad(minor, 4)}.${extension}`,
    released,
    ingestedAt: ingestion(day, major * 10 + minor),
  });
  const usual = [file(1, 1, true), file(1, 2, true)];
  return day === '20260106' ? [...usual, file(2, 1, false)] : usual;
}

/** What shows the traps: Carrington rotations of one series, two extensions of one version, files that are not released. */
function peculiar(): ImapSampleFile[] {
  const names: readonly [name: string, released: boolean][] = [
    ['imap_glows_l3b_ion-rate-profile_20260105-cr02306_v001.0001.cdf', true],
    ['imap_glows_l3b_ion-rate-profile_20260105-cr02307_v001.0002.cdf', true],
    ['imap_swe_l1b_sci_20260105_v001.0001.cdf', true],
    ['imap_swe_l1b_sci_20260105_v001.0001.pkts', true],
    ['imap_hit_l2_macropixel-intensity_20260110_v001.0001.cdf', false],
    ['imap_hit_l2_macropixel-intensity_20260110_v001.0002.cdf', false],
    ['imap_hit_l2_macropixel-intensity_20260111_v001.0001.cdf', false],
    ['imap_l1const_l2_common_20260105_v001.0001.cdf', false],
    ['imap_ialirt_l1_realtime_20260105_v000.0001.cdf', true],
  ];
  return names.map(([name, released], index) => ({ name, released, ingestedAt: ingestion('20260105', 50 + index) }));
}

/** Two days after the measurement, later for later versions, at odd times of the day. */
function ingestion(day: string, rank: number): Date {
  return new Date((midnightOfDay(day) ?? 0) + 2 * DAY + rank * 0.7 * DAY + ((rank * 971_000) % DAY));
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
