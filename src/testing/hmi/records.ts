/** Values of a `meta` object. */
export type HmiSimMeta = Readonly<Record<string, string | number>>;

/** One record to put into the archive; what is left out is made up from the rules of the series. */
export interface HmiSimRecordInput {
  /** Full JSOC name: `hmi.sharp_720s`. */
  readonly series: string;
  /** Unique within the series. */
  readonly recnum: number;
  /** Slot number of T_REC: 720 s each since 1993-01-01 TAI. */
  readonly tRecIndex: number;
  /** Default: none, printed as `null`. */
  readonly harpnum?: number;
  /** Default 0, and 1024 in near-real-time series. */
  readonly quality?: number;
  /** Listed in this order; `[]` = a record without file. Default: all segments of the series. */
  readonly segments?: readonly string[];
  /** Printed as it is, in every generation; default: computed from the slot. */
  readonly dateObs?: string;
  /** Printed as `time`, the time of the database row. */
  readonly time?: string;
  /** Keyword values that win over the generated ones. */
  readonly meta?: HmiSimMeta;
}

/** A record as the simulator holds it. */
export interface HmiSimRecord {
  readonly series: string;
  readonly recnum: number;
  readonly tRecIndex: number;
  readonly harpnum: number | undefined;
  readonly quality: number;
  /** `undefined`: all segments of the series, in the generation's own order. */
  readonly segments: readonly string[] | undefined;
  /** `DATE-OBS`, microseconds UTC. */
  readonly micros: number;
  /** The text to print instead of the computed one. */
  readonly dateObs: string | undefined;
  readonly time: string | undefined;
  readonly meta: HmiSimMeta;
}

/** Records of a series for a range of time, made up by rule; bodies are generated when they are asked for. */
export interface HmiSimRange {
  /** Full JSOC name. */
  readonly series: string;
  /** First moment of `DATE-OBS` (ISO 8601, UTC). */
  readonly start: Date | string;
  /** End of the range, exclusive. */
  readonly end: Date | string;
  /** HARPs in each slot: how many, or their numbers. Default for SHARP series: 1 to 6, changing every six hours. */
  readonly harps?: number | readonly number[];
  /** Whether some slots are missing, as in reality; default `false`. */
  readonly gaps?: boolean;
  /** Stop after this many records; default: no limit. */
  readonly count?: number;
}

/** What the archive holds. */
export interface HmiSimData {
  /** `true`: only what is given here; default `false`: added to the sample data. */
  readonly replace?: boolean;
  /** Ranges made up by rule: a month of full disks is `{ series: 'hmi.m_720s', start: '2014-01-01', end: '2014-02-01' }`. */
  readonly ranges?: readonly HmiSimRange[];
  /** Single records; they replace generated ones with the same series and record number. */
  readonly records?: Iterable<HmiSimRecordInput>;
}

/** One file of the archive, as the `body` and `contentDisposition` options see it. */
export interface HmiSimFile {
  /** Full JSOC name of its series: `hmi.sharp_720s`. */
  readonly series: string;
  /** Number of its record, unique within the series only. */
  readonly recnum: number;
  /** What of the record it holds, case-sensitive: `magnetogram`, `Br`; generation 1 does not tell it to clients. */
  readonly segment: string;
  /** Number of the HARP; absent where the record has none, as in full-disk series. */
  readonly harpnum?: number;
  /** Slot number of T_REC: 720 s each since 1993-01-01 TAI. */
  readonly tRecIndex: number;
  /** Last part of its URL: `magnetogram.fits`. */
  readonly urlName: string;
}
