import type { ImapSampleFile } from '../options.js';

/** Ancillary, quicklook, dependency and release files. */
export function sampleDocuments(): ImapSampleFile[] {
  return [...ANCILLARY, ...QUICKLOOK, ...HIDDEN].map(([name, ingestedAt, released]) => ({
    name,
    ingestedAt,
    ...(released === undefined ? {} : { released }),
  }));
}

type Entry = readonly [name: string, ingestedAt: string, released?: boolean];

/** Open-ended and bounded validity with the same start; several versions. */
const ANCILLARY: readonly Entry[] = [
  ['imap_mag_l1b-calibration_20250901_v001.cdf', '2025-09-10T08:00:00Z'],
  ['imap_mag_l1b-calibration_20250901_v002.cdf', '2025-10-02T09:30:15Z'],
  ['imap_mag_l1b-calibration_20250901_20251231_v001.cdf', '2026-01-08T11:00:00Z'],
  ['imap_mag_l1b-calibration_20260101_v001.cdf', '2026-01-08T11:05:00Z'],
  ['imap_codice_l2-lo-efficiency_20250901_v001.tsv', '2025-09-11T08:00:00Z'],
  ['imap_swe_l1b-in-flight-cal_20250901_20260131_v001.csv', '2026-02-01T12:00:00Z'],
  ['imap_swe_l1b-in-flight-cal_20250901_20260131_v002.csv', '2026-02-03T12:00:00Z'],
  ['imap_glows_bad-days-list_20250901_v001.dat', '2025-09-12T08:00:00Z'],
  ['imap_hit_l1a-livetime_20250901_v001.json', '2025-09-12T09:00:00Z'],
  ['imap_ultra_l1b-tables_20250901_v001.zip', '2025-09-13T10:00:00Z'],
  ['imap_idex_target-image_20250901_v001.pgm', '2025-09-14T10:00:00Z'],
  ['imap_lo_pointing-plan_20260101_20260131_v001.xlsx', '2026-01-02T10:00:00Z'],
  ['imap_hi_45sensor-esa-energies_20250901_v001.csv', '2025-09-15T10:00:00Z', false],
];

const QUICKLOOK: readonly Entry[] = [
  ['imap_mag_l1a_norm-mago_20260105_v001.0001.png', '2026-01-07T03:00:00Z'],
  ['imap_mag_l1a_norm-mago_20260106_v001.0001.png', '2026-01-08T03:00:00Z'],
  ['imap_swe_l1b_sci_20260105_v001.0001.jpg', '2026-01-07T03:10:00Z', true],
  ['imap_swe_l1b_sci_20260105_v001.0002.jpg', '2026-01-09T03:10:00Z', true],
  ['imap_idex_l2a_dust_20260105_v001.0001.pdf', '2026-01-07T03:20:00Z'],
];

const HIDDEN: readonly Entry[] = [
  ['imap_mag_l1a_norm-mago_20260105_v001.0001.json', '2026-01-07T02:00:00Z'],
  ['imap_swe_data-release-001_20251001_20251231_v001.txt', '2026-01-15T12:00:00Z'],
  ['packets/raw/apid_1068_20260105.bin', '2026-01-05T12:00:00Z'],
];

const KERNELS: readonly Entry[] = [
  ['naif0012.tls', '2025-09-01T00:00:00Z'],
  ['pck00011.tpc', '2025-09-01T00:00:00Z'],
  ['de440.bsp', '2025-09-01T00:00:00Z'],
  ['L1_de431.bsp', '2025-09-01T00:00:00Z'],
  ['imap_sclk_0031.tsc', '2026-01-04T06:00:00Z'],
  ['imap_sclk_0032.tsc', '2026-01-11T06:00:00Z'],
  ['imap_130.tf', '2025-09-01T00:00:00Z'],
  ['imap_131.tf', '2025-11-01T00:00:00Z'],
  ['imap_science_0001.tf', '2025-09-01T00:00:00Z'],
  ['imap_2026_004_2026_005_01.ah.bc', '2026-01-06T05:00:00Z'],
  ['imap_2026_005_2026_006_01.ah.bc', '2026-01-07T05:00:00Z'],
  ['imap_2026_005_2026_006_02.ah.bc', '2026-01-09T16:45:10Z'],
  ['imap_2026_006_2026_007_01.ah.bc', '2026-01-08T05:00:00Z'],
  ['imap_2026_008_2026_012_01.ap.bc', '2026-01-07T05:30:00Z'],
  ['imap_dps_2026_001_2026_031_01.ah.bc', '2026-02-01T04:00:00Z'],
  ['imap_recon_20250924_20260107_v01.bsp', '2026-01-09T07:00:00Z'],
  ['imap_recon_20250924_20260131_v01.bsp', '2026-02-02T07:00:00Z'],
  ['imap_pred_od004_20260101_20260213_v01.bsp', '2026-01-02T07:00:00Z'],
  ['imap_pred_od005_20260108_20260220_v01.bsp', '2026-01-09T07:10:00Z'],
  ['imap_pred_od005_20260108_20260220_v02.bsp', '2026-01-10T07:10:00Z'],
  ['imap_nom_20250924_20261231_v01.bsp', '2025-09-24T00:00:00Z'],
  ['imap_90days_20260101_20260401.bsp', '2026-01-02T07:20:00Z'],
  ['imap_long_20250924_20281231_v01.bsp', '2025-09-24T00:00:00Z'],
  ['imap_launch_20250924_20251001_v01.bsp', '2025-09-24T00:00:00Z'],
  ['earth_000101_260401_260107.bpc', '2026-01-08T01:00:00Z'],
  ['imap_sdc_metakernel_2026_v001.tm', '2026-01-09T18:00:00Z'],
  ['imap_2026_005_a01.spice.mk', '2026-01-06T06:00:00Z'],
  ['IMAP_2026_005_e01.mk', '2026-01-06T06:00:00Z'],
  ['imap_2026_004_2026_005_01.spin.csv', '2026-01-06T05:10:00Z'],
  ['imap_2026_005_2026_006_01.spin.csv', '2026-01-07T05:10:00Z'],
  ['imap_2026_005_2026_006_02.spin.csv', '2026-01-09T05:10:00Z'],
  ['imap_2026_006_2026_007_01.spin.csv', '2026-01-08T05:10:00Z'],
  ['imap_2026_006_01.repoint.csv', '2026-01-07T05:20:00Z'],
  ['imap_2026_007_01.repoint.csv', '2026-01-08T05:20:00Z'],
  ['imap_2026_007_02.repoint.csv', '2026-01-09T05:20:00Z'],
  ['imap_2026_001_2026_005_hist_01.sff', '2026-01-06T05:30:00Z'],
  ['imap_2026_005_2026_010_pred_01.sff', '2026-01-06T05:31:00Z'],
];

/** Kernels of every type, table files among them. */
export function sampleKernels(): ImapSampleFile[] {
  return KERNELS.map(([name, ingestedAt]) => ({ name, ingestedAt }));
}

const OF_2024: readonly Entry[] = [
  ['imap_mag_l0_raw_20240312_v001.pkts', '2024-03-14T10:00:00Z'],
  ['imap_mag_l0_raw_20240312_v002.pkts', '2024-03-15T10:00:00Z'],
  ['imap_mag_l1a_norm-mago_20240312_v001.cdf', '2024-03-14T11:00:00Z'],
  ['imap_swe_l0_raw_20240105_v001.pkts', '2024-01-07T10:00:00Z'],
  ['imap_swe_l1a_sci_20240105_v001.cdf', '2024-01-07T11:00:00Z'],
  ['imap_swe_l1a_sci_20240105_v002.cdf', '2024-01-08T11:00:00Z'],
  ['imap_hi_l1c_45sensor-pset_20240312-repoint00012_v001.cdf', '2024-03-15T12:00:00Z'],
  ['naif0012.tls', '2024-01-01T00:00:00Z'],
  ['imap_130.tf', '2024-01-01T00:00:00Z'],
];

/** What the server of 2024 holds. */
export function sampleOf2024(): ImapSampleFile[] {
  return OF_2024.map(([name, ingestedAt]) => ({ name, ingestedAt, released: true }));
}
