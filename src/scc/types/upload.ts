import type { CallOptions, TransferProgress } from '../../types.js';
import type { AncillaryType } from './ancillary.js';

/** Options of {@link SCC.uploadFile}. */
export interface UploadOptions extends CallOptions {
  /** Radiosonde file; sent only if the SCC does not have it yet. */
  readonly soundingFile?: string | URL;
  /** Overlap file; sent only if the SCC does not have it yet. */
  readonly overlapFile?: string | URL;
  /** Lidar ratio file; sent only if the SCC does not have it yet. */
  readonly lidarRatioFile?: string | URL;
  /** Hours to wait before processing, 0 to 96, for model data that arrive late; default: not sent. */
  readonly delayHours?: number;
  /** First delete a measurement with the same id; default false: an existing one is {@link AlreadyExists}. */
  readonly force?: boolean;
  /** Default: the attribute `Measurement_ID` of the netCDF file. */
  readonly measurementId?: string;
  /** Called at most every 100 ms with the bytes sent, and once at the end. */
  readonly onProgress?: (progress: TransferProgress) => void;
  /** Longest wait for the answer to the upload itself, in milliseconds; default 600 000. `timeoutMs` is for the other requests. */
  readonly uploadTimeoutMs?: number;
  /**
   * How long the SCC is asked for the measurement when the answer to the upload was lost, or its page does not show the file yet,
   * before the upload counts as failed, in milliseconds; default 120 000.
   */
  readonly settleMs?: number;
}

/** Result of an accepted upload. */
export interface UploadResult {
  /** The id at the SCC. */
  readonly measurementId: string;
  /** The measurement's page. */
  readonly url: string;
  /** What was done with each ancillary file; `sent: false`: the SCC already had it. */
  readonly ancillaries: {
    /** Absolute path of the local file. */
    readonly file: string;
    /** Which kind it was sent as, by the option that named it; a radiosonde found next to the file is `sounding`. */
    readonly type: AncillaryType;
    /** Whether it was sent with the measurement; false: the SCC already had a file with its name. */
    readonly sent: boolean;
  }[];
}

/** One file of {@link SCC.uploadFiles}, with its own options. */
export interface UploadItem extends Omit<UploadOptions, 'signal' | 'timeoutMs' | 'onProgress'> {
  /** The local file. */
  readonly file: string | URL;
  /**
   * Number of the lidar configuration; default: `systemId` of the call's options, then attribute
   * `X_PollyXTPipelines_Configuration_ID` of the file.
   */
  readonly systemId?: number | string;
}

/** Options of {@link SCC.uploadFiles}. */
export interface UploadFilesOptions extends UploadOptions {
  /**
   * Number of the lidar configuration for all files except those that have their own `systemId`; what a file says in its
   * attribute `X_PollyXTPipelines_Configuration_ID` is then ignored. Default: that attribute of each file.
   */
  readonly systemId?: number | string;
  /** Leave out `calibration_*` files of a folder; default false. */
  readonly skipCalibration?: boolean;
}

/** One file of many that was uploaded. */
export interface UploadedFile extends UploadResult {
  /** The SCC accepted the file; distinguishes it from a {@link FailedUpload}. */
  readonly status: 'uploaded';
  /** The local file. */
  readonly file: string;
}

/** One file of many that was not uploaded, and why. */
export interface FailedUpload {
  /** Not uploaded, or not known to be uploaded; `error` says why. */
  readonly status: 'failed';
  /** The local file. */
  readonly file: string;
  /** An {@link SdcError}, or a `TypeError` or `RangeError` for a file that cannot be sent. */
  readonly error: Error;
}

/** What {@link SCC.uploadFiles} takes: a folder, or files with or without options of their own. */
export type UploadSource = Iterable<string | URL | UploadItem> | string;
