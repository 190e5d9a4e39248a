import type {
  CallOptions,
  ClientOptions,
  DateLike,
  DownloadedFile,
  DownloadOptions,
  MirrorOptions,
  TransferProgress,
  WaitOptions,
} from '../types.js';
import type { SCC_MODULES, SCC_PRODUCTS } from './centre.js';

/** The two logins of the SCC: one shared by the community for the whole site, one personal account. */
export interface SccCredentials {
  /** User of the site login (HTTP Basic). */
  readonly httpAuthUser: string;
  /** Password of the site login. */
  readonly httpAuthPassword: string;
  /** User of the personal account. */
  readonly username: string;
  /** Password of the personal account. */
  readonly password: string;
}

/** Options of an {@link SCC} client. */
export interface SccOptions extends ClientOptions {
  /** Default: `SCC_HTTP_AUTH_USER`, `SCC_HTTP_AUTH_PASSWORD`, `SCC_USERNAME` and `SCC_PASSWORD`. */
  readonly credentials?: SccCredentials;
  /**
   * For services that keep one session for days: send the site a request every five minutes, so that a session that has ended is
   * renewed before a user's call notices. Default false.
   */
  readonly keepAlive?: boolean;
}

/** The contents of the YAML file of the Python tool `scc_access`. */
export interface SccSettings {
  /** `basic_credentials` and `website_credentials`. */
  readonly credentials: SccCredentials;
  /** `output_dir`: where the Python tool puts products. */
  readonly outputDir?: string;
  /** `base_url`. */
  readonly baseUrl?: string;
}

/** A set of files that the SCC is known to offer for one measurement. */
export type KnownProduct = (typeof SCC_PRODUCTS)[number];

/**
 * A set of files that the SCC offers for one measurement: one of the usual ones, or any other that the measurement's page
 * links, such as `eldamwl` for a link to `download-eldamwl/`.
 */
export type SccProduct = KnownProduct | (string & {});

/** A module of the processing chain, or the upload before it. */
export type SccModule = (typeof SCC_MODULES)[number];

/** How a module ended, or that it has not ended yet. */
export type ProductStatus = 'ok' | 'error' | 'not-run' | 'running' | 'unknown';

/** State of one module. */
export interface ModuleState {
  /** `unknown`: not reported, or a number or an icon that no generation of the site is known to use. */
  readonly status: ProductStatus;
  /** The SCC's own number: 127 done, -127 failed, 0 not executed, 1 in progress; absent if it was read from a table. */
  readonly code?: number;
  /** The module's exit code; 0 is fine. */
  readonly exitCode?: number;
  /** What the exit code means, in the SCC's words. */
  readonly message?: string;
}

/** A lidar measurement on the SCC, and how far its processing is. */
export interface Measurement {
  /** Day, station and time or number, such as `20210601aky0930`. */
  readonly id: string;
  /** Three lower-case letters, such as `aky`. */
  readonly stationCode?: string;
  /** Number of the lidar configuration. */
  readonly systemId?: number;
  /** Start of the measurement (UTC); absent where the SCC has none, which its database allows. */
  readonly dateStart?: Date;
  /** End of the measurement (UTC); absent where the SCC has none. */
  readonly dateEnd?: Date;
  /** When it was uploaded (UTC); absent if it was read from the API. */
  readonly dateCreation?: Date;
  /** When it was last changed (UTC); absent if it was read from the API. */
  readonly dateUpdated?: Date;
  /** The state of each module. */
  readonly products: Readonly<Record<SccModule, ModuleState>>;
  /** Whether the chain is processing it. */
  readonly isProcessing: boolean;
  /** Absent in listings by date: their table has no such column. */
  readonly isQueued?: boolean;
  /** Whether its processing is delayed (`delayHours`); absent in listings by date. */
  readonly isDelayed?: boolean;
  /** Whether it is a calibration, which ELDEC processes instead of ELDA. */
  readonly isCalibration?: boolean;
}

/**
 * One calibration constant of one channel, field by field as the SCC's table shows it. The SCC states no units. A field that
 * cannot be read is `undefined`, and a warning of its page.
 */
export interface LidarConstant {
  /** The measurement that it comes from, such as `20220516aky0100`. */
  readonly measurementId: string | undefined;
  /** The SCC's number of the lidar channel, such as `493`. */
  readonly channelId: string | undefined;
  /** Number of the lidar configuration, as text; {@link Measurement.systemId} is the same as a number. */
  readonly systemId: string | undefined;
  /** The SCC's number of the product that it was derived for, such as `2051`; not an {@link SccProduct}. */
  readonly productId: string | undefined;
  /** Wavelength that the channel detects, such as `532`, which can only be nanometres. */
  readonly detectionWavelength: number | undefined;
  /** The constant itself, which turns the channel's signal into attenuated backscatter; such as `3.4e13`. */
  readonly lidarConstant: number | undefined;
  /** Statistical error of the constant. */
  readonly lidarConstantStatErr: number | undefined;
  /** Lower end of the height range that the signal was calibrated in. */
  readonly calibrationWindowBottom: number | undefined;
  /** Upper end of that range. */
  readonly calibrationWindowTop: number | undefined;
  /** Start of the profile that it was derived from (UTC, to the minute); the search is by it. */
  readonly profileStartTime: Date | undefined;
  /** End of that profile (UTC, to the minute). */
  readonly profileEndTime: Date | undefined;
  /** When the SCC created the entry (UTC, to the minute). */
  readonly creationDate: Date | undefined;
  /** Version of ELDA, the optical module of the chain, that derived it. */
  readonly eldaVersion: string | undefined;
}

/** Kinds of files that accompany a measurement. */
export type AncillaryType = 'sounding' | 'overlap' | 'lidarratio';

/** An ancillary file that the SCC knows of. */
export interface AncillaryFile {
  /** The SCC's own id of the file. */
  readonly id: string;
  /** Its name, without folders. */
  readonly filename: string;
  /** Which kind it is. */
  readonly type: AncillaryType;
  /** The SCC's own word; `missing`: a measurement refers to the file, but it was never uploaded. */
  readonly status?: string;
  /** Whether the SCC has the file: false for `missing`. */
  readonly exists: boolean;
}

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
  /** Number of the lidar configuration; default: `systemId` of the call's options, then attribute `X_PollyXTPipelines_Configuration_ID` of the file. */
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

/** Options of {@link SCC.downloadProducts}. */
export interface ProductOptions extends DownloadOptions {
  /**
   * Default: all finished products that the site offers. Products of newer chains have the name with which the
   * measurement's page links them.
   */
  readonly products?: readonly SccProduct[];
  /** Unpack each archive into `<directory>/<id>/<product>/`, and remove what earlier archives left there; default false. */
  readonly extract?: boolean;
}

/** Options of {@link SCC.processFile}. */
export type ProcessOptions = Omit<UploadOptions, 'onProgress'> & WaitOptions<Measurement> & ProductOptions;

/** Result of {@link SCC.processFile}. */
export interface ProcessedFile {
  /** Its last state. */
  readonly measurement: Measurement;
  /** What was downloaded. */
  readonly files: DownloadedFile<SccProduct>[];
}

/** A search by date. */
export interface DateQuery {
  /** Start, inclusive. */
  readonly dateStart: DateLike;
  /** End, exclusive. */
  readonly dateEnd: DateLike;
  /** Station code of three letters; default: all stations. */
  readonly station?: string;
}

/** What a mirror keeps up to date: products of the measurements of a search. */
export interface SccMirrorQuery extends DateQuery {
  /** Default: all finished products of each measurement; a product that a measurement does not have is left out. */
  readonly products?: readonly SccProduct[];
}

/** Options of {@link SCC.mirror}. */
export interface SccMirrorOptions extends MirrorOptions {
  /** Where the copy is. */
  readonly directory: string | URL;
}

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
   * The CSV file in which the station records what it has done; default `datalog.csv` in `directory`. The next start continues from it. One station at a
   * time can use it.
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
   * Delete the measurement at the SCC and send the file again, if the SCC already has it or the file has changed since it was sent; also resend those that
   * failed earlier. Default false.
   */
  readonly replace?: boolean;
  /** Rerun a measurement that the SCC already has, instead of only fetching its products; also rerun those that failed earlier. Default false. */
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
   * `uploaded`: the SCC has it; `processing`: it is followed; `done`: the products are there; `failed`: see `error`. Each state occurs once, except that a
   * file that failed may be tried again.
   */
  readonly state: 'uploaded' | 'processing' | 'done' | 'failed';
  /** With `failed`: an {@link SdcError}, or a `TypeError` or `RangeError` for a file that cannot be sent. */
  readonly error?: Error;
}

/** A search of the JSON API by id. */
export interface IdQuery {
  /** The whole id. */
  readonly idExact?: string;
  /** The beginning of the id: `20210601`, `20210601aky`. */
  readonly idStartsWith?: string;
}

/** The step from which the chain is to run again. */
export type RerunStep = 'all' | 'elpp' | 'optical';

/** What {@link SCC.uploadFiles} takes: a folder, or files with or without options of their own. */
export type UploadSource = Iterable<string | URL | UploadItem> | string;
