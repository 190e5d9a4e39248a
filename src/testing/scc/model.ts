import type { Bytes } from '../kit/types.js';

/** The processing modules of the chain, in their order; `upload` is the state of the file itself. */
export const SIM_MODULES = ['upload', 'hirelpp', 'cloudmask', 'elpp', 'elda', 'eldec', 'elic', 'elquick'] as const;
/** A module of the chain. */
export type SimModule = (typeof SIM_MODULES)[number];
/** A module that runs (all but `upload`). */
export type SimStage = Exclude<SimModule, 'upload'>;
export const SIM_STAGES: readonly SimStage[] = ['hirelpp', 'cloudmask', 'elpp', 'elda', 'eldec', 'elic', 'elquick'];

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
  readonly exit_code: number;
  readonly description: string;
}

/** How a module ends. */
export interface SimOutcome {
  /** 127 done, -127 failed, 0 not executed; other values are passed on as they are. */
  readonly status: number;
  readonly exitCode?: number;
  readonly description?: string;
}

/** What an ancillary file is. */
export type SimAncillaryKind = 'sounding' | 'overlap' | 'lidarratio';

/** An ancillary file that the SCC knows of. */
export interface SimAncillary {
  id: number;
  readonly kind: SimAncillaryKind;
  readonly filename: string;
  /** `missing`: a measurement refers to it, but nobody has uploaded it. */
  status: string;
}

/** A run of the chain: when it was asked for, and what it does. */
export interface SimRun {
  /** Simulated time at which it was asked for. */
  readonly since: number;
  /** It does not start before. */
  readonly notBefore: number;
  /** Ancillary files that it waits for. */
  readonly waitsFor: readonly string[];
  readonly stages: readonly SimStage[];
  readonly outcomes: Readonly<Partial<Record<SimStage, SimOutcome>>>;
}

/** A measurement as the simulated SCC keeps it. */
export interface SimMeasurement {
  readonly id: string;
  readonly station: string;
  system: number;
  /** `undefined`: the empty cell `-`, JSON null. */
  start: Date | undefined;
  stop: Date | undefined;
  created: Date | undefined;
  updated: Date | undefined;
  readonly isCalibration: boolean;
  statuses: Record<SimModule, number>;
  exitCodes: Partial<Record<SimStage, SimExitCode>>;
  isProcessing: boolean | undefined;
  isQueued: boolean | undefined;
  isDelayed: boolean | undefined;
  run: SimRun | undefined;
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
  readonly measurementId: string;
  readonly station: string;
  readonly channelId: string;
  readonly systemId: string;
  readonly productId: string;
  readonly detectionWavelength: string;
  readonly lidarConstant: string;
  readonly lidarConstantStatErr: string;
  readonly profileStartTime: Date | undefined;
  readonly profileEndTime: Date | undefined;
  readonly calibrationWindowBottom: string;
  readonly calibrationWindowTop: string;
  readonly creationDate: Date | undefined;
  readonly eldaVersion: string;
}

/** A measurement as a user of the simulator describes it; what is left out is made up. */
export type SimMeasurementInput = Partial<
  Omit<SimMeasurement, 'id' | 'statuses' | 'start' | 'stop' | 'created' | 'updated'>
> & {
  readonly id: string;
  readonly start?: Date | string | null;
  readonly stop?: Date | string | null;
  readonly created?: Date | string | null;
  readonly updated?: Date | string | null;
  readonly statuses?: Partial<Record<SimModule, number>>;
};
