import type {
  CallOptions,
  ClientOptions,
  DateLike,
  DownloadedFile,
  DownloadOptions,
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
   * For services that hold one session for days: ask the site for something every five minutes, so that a session that ended is
   * renewed before a user's call meets it. Default false.
   */
  readonly keepAlive?: boolean;
}

/** What the YAML file of the Python tool `scc_access` holds. */
export interface SccSettings {
  /** `basic_credentials` and `website_credentials`. */
  readonly credentials: SccCredentials;
  /** `output_dir`: where the Python tool puts products. */
  readonly outputDir?: string;
  /** `base_url`. */
  readonly baseUrl?: string;
}

/** A set of files that this package knows the SCC to offer for one measurement. */
export type KnownProduct = (typeof SCC_PRODUCTS)[number];

/**
 * A set of files that the SCC offers for one measurement: one of the usual ones, or any other that the measurement's page
 * links, such as `eldamwl` for a link to `download-eldamwl/`.
 */
export type SccProduct = KnownProduct | (string & {});

/** A module of the processing chain, or the upload before it. */
export type SccModule = (typeof SCC_MODULES)[number];

/** How a module ended, or that it has not. */
export type ProductStatus = 'ok' | 'error' | 'not-run' | 'running' | 'unknown';

/** State of one module. */
export interface ModuleState {
  /** `unknown`: not reported, or a number or an icon that no generation of the site is known to use. */
  readonly status: ProductStatus;
  /** The SCC's own number: 127 done, -127 failed, 0 not executed, 1 in progress; absent where a table was read. */
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
  /** When it was uploaded (UTC); absent where the API was read. */
  readonly dateCreation?: Date;
  /** When it was changed last (UTC); absent where the API was read. */
  readonly dateUpdated?: Date;
  /** The state of each module. */
  readonly products: Readonly<Record<SccModule, ModuleState>>;
  /** Whether the chain is at work on it. */
  readonly isProcessing: boolean;
  /** Absent in listings by date: their table has no such column. */
  readonly isQueued?: boolean;
  /** Whether it waits for its time (`delayHours`); absent in listings by date. */
  readonly isDelayed?: boolean;
  /** Whether it is a calibration, which ELDEC processes in place of ELDA. */
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
  /** When the SCC made the entry (UTC, to the minute). */
  readonly creationDate: Date | undefined;
  /** Version of ELDA, the optical module of the chain, that derived it. */
  readonly eldaVersion: string | undefined;
}

/** Kinds of files that accompany a measurement. */
export type AncillaryType = 'sounding' | 'overlap' | 'lidarratio';

/** An ancillary file that the SCC knows of. */
export interface AncillaryFile {
  /** The SCC's own id of it. */
  readonly id: string;
  /** Its name, without folders. */
  readonly filename: string;
  /** Which kind it is. */
  readonly type: AncillaryType;
  /** The SCC's own word; `missing`: a measurement refers to the file, but it was never uploaded. */
  readonly status?: string;
  /** Whether the SCC holds the file: false for `missing`. */
  readonly exists: boolean;
}

/** Options of {@link SCC.uploadFile}. */
export interface UploadOptions extends CallOptions {
  /** Radiosonde file; sent only when the SCC does not hold it yet. */
  readonly soundingFile?: string | URL;
  /** Overlap file; sent only when the SCC does not hold it yet. */
  readonly overlapFile?: string | URL;
  /** Lidar ratio file; sent only when the SCC does not hold it yet. */
  readonly lidarRatioFile?: string | URL;
  /** Hours to wait before processing, 0 to 96, for model data that arrive late; default: not sent. */
  readonly delayHours?: number;
  /** Delete a measurement of the same id first; default false: an existing one is {@link AlreadyExists}. */
  readonly force?: boolean;
  /** Default: attribute `Measurement_ID` of the netCDF file. */
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

/** What an accepted upload tells. */
export interface UploadResult {
  /** As the SCC has it. */
  readonly measurementId: string;
  /** The measurement's page. */
  readonly url: string;
  /** What became of each ancillary file; `sent: false`: the SCC held it already. */
  readonly ancillaries: {
    /** Absolute path of the local file. */
    readonly file: string;
    /** Which kind it was sent as, by the option that named it; a radiosonde found beside the file is `sounding`. */
    readonly type: AncillaryType;
    /** Whether it went up with the measurement; false: the SCC held a file of its name already. */
    readonly sent: boolean;
  }[];
}

/** One file of {@link SCC.uploadFiles}, with its own options. */
export interface UploadItem extends Omit<UploadOptions, 'signal' | 'timeoutMs' | 'onProgress'> {
  /** The local file. */
  readonly file: string | URL;
  /** Number of the lidar configuration; default: that of the options, then that of the file. */
  readonly systemId?: number | string;
}

/** Options of {@link SCC.uploadFiles}. */
export interface UploadFilesOptions extends UploadOptions {
  /** For files that name none; default: attribute `X_PollyXTPipelines_Configuration_ID` of the netCDF file. */
  readonly systemId?: number | string;
  /** Leave out `calibration_*` files of a folder; default false. */
  readonly skipCalibration?: boolean;
}

/** One file of many that was uploaded. */
export interface UploadedFile extends UploadResult {
  /** The SCC took the file; what tells it from a {@link FailedUpload}. */
  readonly status: 'uploaded';
  /** The local file. */
  readonly file: string;
}

/** One file of many that was not uploaded, and why. */
export interface FailedUpload {
  /** Not uploaded, or not known to be; `error` tells why. */
  readonly status: 'failed';
  /** The local file. */
  readonly file: string;
  /** An {@link SdcError}, or a `TypeError` or `RangeError` for a file that cannot be sent. */
  readonly error: Error;
}

/** Options of {@link SCC.downloadProducts}. */
export interface ProductOptions extends DownloadOptions {
  /**
   * Default: all that the measurement has finished and the site offers. Products of newer chains are taken by the name that the
   * measurement's page links them with.
   */
  readonly products?: readonly SccProduct[];
  /** Unpack each archive into `<directory>/<id>/<product>/`, and remove what earlier archives left there; default false. */
  readonly extract?: boolean;
}

/** Options of {@link SCC.processFile}. */
export type ProcessOptions = Omit<UploadOptions, 'onProgress'> & WaitOptions<Measurement> & ProductOptions;

/** What {@link SCC.processFile} gives. */
export interface ProcessedFile {
  /** Its last state. */
  readonly measurement: Measurement;
  /** What was downloaded. */
  readonly files: DownloadedFile<SccProduct>[];
}

/** A search by date. */
export interface DateQuery {
  /** First moment, inclusive. */
  readonly dateStart: DateLike;
  /** Last moment, exclusive. */
  readonly dateEnd: DateLike;
  /** Station code of three letters; default: all stations. */
  readonly station?: string;
}

/** A search of the JSON API by id. */
export interface IdQuery {
  /** The whole id. */
  readonly idExact?: string;
  /** How it begins: `20210601`, `20210601aky`. */
  readonly idStartsWith?: string;
}

/** From where the chain is to run again. */
export type RerunStep = 'all' | 'elpp' | 'optical';

/** What {@link SCC.uploadFiles} takes: a folder, or files with or without options of their own. */
export type UploadSource = Iterable<string | URL | UploadItem> | string;
