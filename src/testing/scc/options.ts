import type { ClockOptions, Simulator } from '../kit/types.js';
import type {
  SimAncillary,
  SimDownload,
  SimLidarConstant,
  SimMeasurement,
  SimMeasurementInput,
  SimOutcome,
  SimStage,
} from './model.js';
import type { SimApiRecords } from './api/record.js';
import type { SccProfileName } from './profiles.js';

/** Both logins, in the form that the client takes. */
export interface SimSccCredentials {
  /** User of the site login (HTTP Basic). */
  readonly httpAuthUser: string;
  /** Password of the site login. */
  readonly httpAuthPassword: string;
  /** User of the personal account. */
  readonly username: string;
  /** Password of the personal account. */
  readonly password: string;
}

/** How a malformed row of a changelist looks. */
export type RowDefect = 'empty-date' | 'bad-date' | 'no-image' | 'no-link' | 'no-id' | 'unknown-alt' | 'missing-cells';

/** How a download is answered. */
export type DownloadMode =
  'zip' | 'empty' | '404' | 'html' | 'truncated' | 'corrupt' | 'gzip' | 'slow' | 'bare' | 'no-length' | 'login';

/** The outcome of an upload, whatever was sent. */
export type UploadOutcome =
  /** `div.alert-box`, one a text; `paragraph: false` leaves out the `p`. */
  | {
      /** The form again, with the reasons in boxes above it. */
      readonly kind: 'alert';
      /** What the boxes say, in the order of the page. */
      readonly texts: readonly string[];
      /** Whether each text stands in a `p`; default true. */
      readonly paragraph?: boolean;
    }
  /** A text beside `#id_data`; without `paragraph` it stands in the parent itself, without `text` there is none. */
  | {
      /** The form again, with the reason beside the field of the data file. */
      readonly kind: 'field';
      /** What it says; default: the form comes back without any reason. */
      readonly text?: string;
      /** Whether the text stands in a `p`; default true. */
      readonly paragraph?: boolean;
    }
  /** The session ends before the upload is handled. */
  | {
      /** A 302 to the login page. */
      readonly kind: 'session-lost';
    }
  /** 302 to another page of the site, with status 200: no measurement page. */
  | {
      /** Looks like success, but there is no measurement. */
      readonly kind: 'elsewhere';
    }
  | {
      /** An error page; nothing is uploaded. */
      readonly kind: 'status';
      /** HTTP status of that page, such as 413 or 500. */
      readonly status: number;
    };

/** Permissions of the account. All allowed by default. */
export interface SimPermissions {
  /** May open the admin pages. */
  readonly staff?: boolean;
  /** May see the list of measurements in the admin and their pages there; else 403. */
  readonly viewMeasurements?: boolean;
  /** Whether the admin's list offers to rerun the chain. */
  readonly changeMeasurements?: boolean;
  /** May delete measurements in the admin; else 403, and the list does not offer it. */
  readonly deleteMeasurements?: boolean;
  /** May see the list of lidar constants; else 403. */
  readonly viewLidarConstants?: boolean;
  /** May open and send the upload form; else 403. */
  readonly upload?: boolean;
}

/** How long things take, by the simulator's clock, and how they end. */
export interface SimProcessing {
  /** From the upload to the queue: no flag is set yet; default 2 000 ms. */
  readonly acceptMs?: number;
  /** In the queue; default 5 000 ms. */
  readonly queueMs?: number;
  /** One module; default 5 000 ms. */
  readonly moduleMs?: number;
  /** How modules end; default: done, exit code 0. A function sees the measurement. */
  readonly outcomes?: Partial<Record<SimStage, SimOutcome>> | ((id: string) => Partial<Record<SimStage, SimOutcome>>);
}

/** Options of {@link simulateScc}. */
export interface SccSimulatorOptions {
  /** Credentials to accept; default: a sample account, shown as `sim.credentials`. */
  readonly credentials?: SimSccCredentials;
  /** Django generation: `legacy` (before 3.2), `3.2`, `5.2` (default), `main`. */
  readonly profile?: SccProfileName;
  /**
   * `as-served`: pages as Django and grappelli make them (default); `ill-formed`: end tags left out, upper case, values
   * without quotes, stray `</div>`. Browsers read both alike.
   */
  readonly pages?: 'as-served' | 'ill-formed';
  /** Status columns: `evo` (`field-elpp_ok_evo`, alt `OK`; default) or `old` (`field-elpp_ok`, alt `True`). */
  readonly columns?: 'evo' | 'old';
  /** Field names of the API: `is_being_processed` (default), `is_running` (to 2023), `v4` (the SCC v4 era). */
  readonly apiNames?: 'is_being_processed' | 'is_running' | 'v4';
  /** How the API shows its records: flags as numbers, fields that are missing or added; default: whole, in the usual form. */
  readonly apiRecords?: SimApiRecords;
  /** Whether the site asks for HTTP Basic; default true. */
  readonly basicAuth?: boolean;
  /** Path prefix of the whole site; default `/`. */
  readonly basePath?: string;
  /** Requests that a session serves before it ends; default: no end. */
  readonly sessionExpiresAfter?: number;
  /** Where an anonymous request for an admin page goes; default `admin`. */
  readonly adminLogin?: 'admin' | 'accounts';
  /** What an anonymous request for a front-end page gets: a redirect (default), or the form in place with status 200. */
  readonly frontLogin?: 'redirect' | 'in-place';
  /** The API's 401: bare (`session`, default), or with `WWW-Authenticate` (`basic`). */
  readonly apiLogin?: 'session' | 'basic';
  /** Where a login without `next` leads; default the site's root. */
  readonly landing?: string;
  /** Text of a failed login; default `Wrong username or password`. */
  readonly loginError?: string;
  /** What the admin answers for an unknown id under `/delete/`; default by profile. */
  readonly unknownDelete?: 'redirect' | '404';
  /** Rows on a changelist page; default 50. */
  readonly pageSize?: number;
  /** Default limit of the API; default 20. */
  readonly apiPageSize?: number;
  /** With false the pagination has a "Show all" link instead of the total. */
  readonly showFullResultCount?: boolean;
  /** Level of the message of a restart; default `success`. */
  readonly rerunMessageLevel?: 'success' | 'warning' | 'info';
  /** Rows to break, by measurement id. */
  readonly malformedRows?: Readonly<Record<string, RowDefect>>;
  /** HTML of further rows at the end of every changelist page. */
  readonly extraRows?: readonly string[];
  /** Initial permissions of the account; default: all. Can be changed later with `sim.setPermissions`. */
  readonly permissions?: SimPermissions;
  /** How long the processing of uploads and reruns takes, and how it ends; default: all is well within the minute. */
  readonly processing?: SimProcessing;
  /**
   * How long the answer to an upload takes, in real milliseconds; the file is stored then, even if the client no longer
   * waits. Default 0.
   */
  readonly uploadAnswerMs?: number;
  /** Answers of the next uploads, in turn; then uploads are judged by their content. */
  readonly uploads?: readonly UploadOutcome[];
  /** What downloads answer, by `<id>/<download>`, `<id>/*`, `*\/<download>` or `*`. */
  readonly downloads?: Readonly<Record<string, DownloadMode>>;
  /** Products of newer chains, such as `eldamwl`: measurements that are done have them, and their pages link them. */
  readonly newerProducts?: readonly string[];
  /** A product that does not exist: 404 (default), a 200 page, or a redirect to the measurement page. */
  readonly missingProduct?: '404' | 'html' | 'redirect';
  /** Whether downloads have an ETag and honour `Range`; default false, as with Django. */
  readonly downloadRanges?: boolean;
  /** Default: virtual, 1 July 2021, 1 000 ms a request, so that a polling client sees progress. */
  readonly clock?: ClockOptions;
  /** Data to add to the sample, or with `replace` to use instead. */
  readonly data?: {
    /** True: the sample of June 2021 is left out; default false. */
    readonly replace?: boolean;
    /** Measurements that are there already; one with the id of a sample takes its place. */
    readonly measurements?: readonly SimMeasurementInput[];
    /** Rows of the lidar constants, behind those of the sample. */
    readonly lidarConstants?: readonly SimLidarConstant[];
    /** Ancillary files that are known; with status `missing` one that is only referred to. */
    readonly ancillaries?: readonly Omit<SimAncillary, 'id'>[];
  };
}

/** The simulated SCC, with methods to change its state. */
export interface SccSimulator extends Simulator<SimSccCredentials> {
  /** Ends all sessions, as a restart of the server does. */
  expireSessions(): void;
  /** How many sessions are open. */
  readonly sessionCount: number;
  /** The current state of a measurement. */
  measurement(id: string): SimMeasurement | undefined;
  /** Ids of all measurements, sorted. */
  readonly measurementIds: readonly string[];
  /** Adds a measurement without an upload, replacing one with the same id. */
  addMeasurement(measurement: SimMeasurementInput): void;
  /** All ancillary files that the SCC knows. */
  readonly ancillaries: readonly SimAncillary[];
  /** Adds an ancillary file that arrived in another way; measurements that wait for it start. */
  addAncillary(kind: SimAncillary['kind'], filename: string, status?: string): void;
  /** Sets the outcome of the next upload. */
  nextUpload(outcome: UploadOutcome): void;
  /** Sets how downloads are answered from now on; the key is as in the option `downloads`. */
  setDownload(key: string, mode: DownloadMode): void;
  /** Changes the permissions of the account. */
  setPermissions(permissions: SimPermissions): void;
  /** Makes a row of the changelist malformed. */
  breakRow(id: string, defect: RowDefect): void;
  /** Leaves a message for every session, as other work in the admin would. */
  addMessage(level: 'success' | 'warning' | 'error' | 'info', text: string): void;
  /** The file that a product download holds, and its name in the zip. */
  productFiles(
    id: string,
    download: SimDownload,
  ): readonly {
    /** Path within the zip: `20210601aky0930/20210601aky0930.nc`. */
    readonly name: string;
    /** Content of the file, unpacked. */
    readonly data: Uint8Array;
  }[];
}
