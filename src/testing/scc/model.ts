import type { Bytes } from '../kit/types.js';

/** The processing modules of the chain, in their order; `upload` is the state of the file itself. */
export const SIM_MODULES = ['upload', 'hirelpp', 'cloudmask', 'elpp', 'elda', 'eldec', 'elic', 'elquick'] as const;
/** A module of the chain. */
export type SimModule = (typeof SIM_MODULES)[number];
/** A module that runs (all but `upload`). */
export type SimStage = Exclude<SimModule, 'upload'>;
/** The modules that run, in their order. */
export const SIM_STAGES: readonly SimStage[] = SIM_MODULES.filter((module) => module !== 'upload');

/** The product downloads, by the last part of their paths. */
export const SIM_DOWNLOADS = [
  'raw',
  'hirelpp',
  'cloudmask',
  'preprocessed',
  'optical',
  'plots',
  'elic',
  'elquick',
] as const;
/** A product download, such as `preprocessed` for `download-preprocessed/`. */
export type SimDownload = (typeof SIM_DOWNLOADS)[number];

/** Status codes of the JSON API. */
export const STATUS = { notRun: 0, running: 1, ok: 127, failed: -127 } as const;

/** `<module>_exit_code` of the JSON API. */
export interface SimExitCode {
  /** 0 is fine; any other number is a reason of the module's own, such as 21. */
  readonly exit_code: number;
  /** The reason in words: `no usable profile is left after quality control`. */
  readonly description: string;
}

/** How a module ends. */
export interface SimOutcome {
  /** 127 done, -127 failed, 0 not executed; other values are passed on as they are. */
  readonly status: number;
  /** Default 0 where the module is done (127), else 21; 0 is fine. */
  readonly exitCode?: number;
  /** The exit code in words; default `ok` or `the module failed`. */
  readonly description?: string;
}

/** What an ancillary file is. */
export type SimAncillaryKind = 'sounding' | 'overlap' | 'lidarratio';

/** An ancillary file that the SCC knows of. */
export interface SimAncillary {
  /** Its number in the JSON API; counted from 1 in the order of arrival. */
  id: number;
  /** Radiosonde, overlap function or lidar ratio; each kind is a resource of its own in the API. */
  readonly kind: SimAncillaryKind;
  /** The name by which raw files refer to it: `rs_20210601aky00.nc`. */
  readonly filename: string;
  /** `missing`: a measurement refers to it, but nobody has uploaded it. */
  status: string;
}

/** A run of the chain: when it was asked for, and what it does. */
export interface SimRun {
  /** Which run of the simulated site it is; its products carry the number. Absent: one of before the simulation. */
  readonly number?: number;
  /** Simulated time at which it was asked for. */
  readonly since: number;
  /** It does not start before. */
  readonly notBefore: number;
  /** Ancillary files that it waits for. */
  readonly waitsFor: readonly string[];
  /** Modules that are to run, in this order; one whose input is lacking stays at 0, not executed. */
  readonly stages: readonly SimStage[];
  /** How these modules end; default for each: 127, exit code 0. */
  readonly outcomes: Readonly<Partial<Record<SimStage, SimOutcome>>>;
}

/** A measurement as the simulated SCC keeps it. */
export interface SimMeasurement {
  /** Day, station and time or number: `20210601aky0930`. */
  readonly id: string;
  /** Code of the station, such as `aky`; default: the letters in the id. */
  readonly station: string;
  /** Number of the lidar configuration, such as 437; default: that of the station. */
  system: number;
  /** `undefined`: the empty cell `-`, JSON null. */
  start: Date | undefined;
  /** When the measurement ended; `undefined` as with `start`. */
  stop: Date | undefined;
  /** When it was uploaded; `undefined`: the empty cell `-`. The API does not tell it. */
  created: Date | undefined;
  /** When it changed last, as at the end of a run; `undefined`: the empty cell `-`. The API does not tell it. */
  updated: Date | undefined;
  /** Whether it is a calibration: ELPP and ELDEC run, the other modules do not. Default false. */
  readonly isCalibration: boolean;
  /** State of each module: 127 done, -127 failed, 0 not executed, 1 running. */
  statuses: Record<SimModule, number>;
  /** How modules ended; for one that is absent the API says null. */
  exitCodes: Partial<Record<SimStage, SimExitCode>>;
  /** Whether a module is at work on it; `undefined`: JSON null, and the icon `None`. Default false. */
  isProcessing: boolean | undefined;
  /** Whether it stands in the queue; `undefined`: JSON null. Default false. */
  isQueued: boolean | undefined;
  /** Whether it waits for the end of the delay of its upload; `undefined`: JSON null. Default false. */
  isDelayed: boolean | undefined;
  /** The run that was asked for and has not ended; `undefined`: there is none, and the statuses stay. */
  run: SimRun | undefined;
  /** The run that its products are of; `undefined`: one of before the simulation. */
  lastRun: number | undefined;
  /** The uploaded bytes; sample measurements get theirs when they are asked for. */
  raw: Bytes | undefined;
  /** Downloads that exist although the status says otherwise. */
  filesDespite: readonly SimDownload[];
  /** Measurements that `delete_related` takes along. */
  related: readonly string[];
  /** Objects that must not be deleted with it: the delete page refuses. */
  protectedBy: readonly string[];
}

/** A row of the lidar constants; every value is the text of its cell. */
export interface SimLidarConstant {
  /** The measurement that it was derived from: `20210601aky0000`; what `malformedRows` goes by. */
  readonly measurementId: string;
  /** Code of the station, such as `aky`; not a cell, but what the list is filtered by. */
  readonly station: string;
  /** Number of the lidar channel: `493`. */
  readonly channelId: string;
  /** Number of the lidar configuration: `437`. */
  readonly systemId: string;
  /** Number of the optical product: `2051`. */
  readonly productId: string;
  /** Wavelength of the channel: `532.0`. The SCC states no unit; the sample has nanometres. */
  readonly detectionWavelength: string;
  /** The constant itself: `3.41e+13`. The SCC states no unit. */
  readonly lidarConstant: string;
  /** Statistical error of the constant, on the same scale: `5.0e+11`. */
  readonly lidarConstantStatErr: string;
  /** Start of the profile (UTC), which dates are filtered by; `undefined`: the empty cell `-`. */
  readonly profileStartTime: Date | undefined;
  /** End of the profile (UTC); `undefined`: the empty cell `-`. */
  readonly profileEndTime: Date | undefined;
  /** Lower end of the calibration window: `1800.0`. The SCC states no unit. */
  readonly calibrationWindowBottom: string;
  /** Upper end of the calibration window: `2600.0`. The SCC states no unit. */
  readonly calibrationWindowTop: string;
  /** When it was derived (UTC); `undefined`: the empty cell `-`. */
  readonly creationDate: Date | undefined;
  /** Version of ELDA, the module that derived it: `5.2.7`. */
  readonly eldaVersion: string;
}

/** A measurement as a user of the simulator describes it; what is left out is made up. */
export type SimMeasurementInput = Partial<
  Omit<SimMeasurement, 'id' | 'statuses' | 'start' | 'stop' | 'created' | 'updated'>
> & {
  /** Day, station and time or number: `20210601aky0930`; what is left out is derived from it. */
  readonly id: string;
  /** Default: the day and time in the id, midnight where that has no time. A text without zone is UTC; null: no start. */
  readonly start?: Date | string | null;
  /** Default: an hour after `start`; null: no end. */
  readonly stop?: Date | string | null;
  /** When it was uploaded; default: 130 minutes after `stop`; null: unknown. */
  readonly created?: Date | string | null;
  /** When it changed last; default: 19 minutes after `created`; null: unknown. */
  readonly updated?: Date | string | null;
  /** States that differ from the default: all modules done that run for its kind, or with `run` the upload only. */
  readonly statuses?: Partial<Record<SimModule, number>>;
};
