import type { CallOptions } from '../../types.js';
import type { SccProduct } from './measurement.js';

/** Options of {@link SCC.station}. */
export interface StationOptions extends CallOptions {
  /** Where the products go; created if needed. */
  readonly directory: string | URL;
  /** Number of the lidar configuration of files that name none in their attribute `X_PollyXTPipelines_Configuration_ID`. */
  readonly systemId?: number | string;
  /** Which products to fetch; default: all finished products that the site offers. */
  readonly products?: readonly SccProduct[];
  /** Unpack each archive into `<directory>/<id>/<product>/`; default false. */
  readonly extract?: boolean;
  /**
   * The CSV file in which the station records what it has done; default `datalog.csv` in `directory`. The next start
   * continues from it. One station at a time can use it.
   */
  readonly datalog?: string | URL;
  /** Stop when every file in the folder is done or failed, for cron; default false: keep watching until `signal` aborts. */
  readonly once?: boolean;
  /** Pause between two checks of the folder, and between two status checks of a measurement, in milliseconds; default 60 000. */
  readonly pollIntervalMs?: number;
  /** How long a file must be unchanged before it is sent, in milliseconds; default 5 000. */
  readonly stableMs?: number;
  /** Longest time to follow one measurement before that counts as a temporary failure, in milliseconds; default a day plus `delayHours`. */
  readonly deadlineMs?: number;
  /**
   * Delete the measurement at the SCC and send the file again, if the SCC already has it or the file has changed since
   * it was sent; also resend those that failed earlier. Default false.
   */
  readonly replace?: boolean;
  /**
   * Rerun a measurement that the SCC already has, instead of only fetching its products; also rerun those that failed
   * earlier. Default false.
   */
  readonly rerun?: boolean;
  /** Leave out `calibration_*` files; default false. */
  readonly skipCalibration?: boolean;
  /** Hours to wait before processing, 0 to 96; default: not sent. */
  readonly delayHours?: number;
  /** As for {@link SCC.uploadFile}; default 600 000. */
  readonly uploadTimeoutMs?: number;
  /** How long the SCC is asked for a measurement when the outcome of its upload is not known, in milliseconds; default 120 000. */
  readonly settleMs?: number;
  /** How many products of one measurement are fetched at a time; default 4. */
  readonly concurrency?: number;
}

/** What a station has done with a file. */
export interface StationEvent {
  /** The local file. */
  readonly file: string;
  /** Absent for a file that could not be read. */
  readonly measurementId?: string;
  /**
   * `uploaded`: the SCC has it; `processing`: it is followed; `done`: the products are there; `failed`: see `error`.
   * Each state occurs once, except that a file that failed may be tried again.
   */
  readonly state: 'uploaded' | 'processing' | 'done' | 'failed';
  /** With `failed`: an {@link SdcError}, or a `TypeError` or `RangeError` for a file that cannot be sent. */
  readonly error?: Error;
}
