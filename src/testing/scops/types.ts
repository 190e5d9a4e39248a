import type { ClockOptions, Simulator } from '../kit/types.js';

/** What the client logs in with: the user name is the project code. */
export interface ScopsSimulatorCredentials {
  /** Project code: `GB13_08`. */
  readonly project: string;
  /** Password of that project. */
  readonly password: string;
}

/** The steps in which a product is made. */
export type ScopsStage = 'aplmask' | 'aplcorr' | 'apltran' | 'aplmap' | 'zipping';

/** How the processing of a line ends. */
export interface ScopsLineFate {
  /** Size of the mapped file as the log tells it, in megabytes; default: the true one. */
  readonly mappedMegabytes?: number;
  /** The step that ends in `ERROR - <step>`. */
  readonly fails?: Exclude<ScopsStage, 'zipping'>;
  /** The step that never ends, without any error. */
  readonly stalls?: ScopsStage;
  /** In the database, but not on the disk of the processing host: stays `Waiting to process`. */
  readonly missing?: boolean;
}

/** One flight line of the project database. */
export interface ScopsSampleLine extends ScopsLineFate {
  /** Sensor letter, day, sortie letter, line number: `f21701`, `e219a01`. */
  readonly name: string;
  /** Centre of each band, in nanometres. */
  readonly wavelengths: readonly number[];
}

/** One flight day of a project. */
export interface ScopsSampleFlight {
  /** Project code, the user name of its login: `GB13_08`. */
  readonly project: string;
  /** Year of the flight, four digits. */
  readonly year: number;
  /** Day of the year, 1 to 366. */
  readonly day: number;
  /** Letter of the flight where there were several on a day: `a`; absent: none. */
  readonly sortie?: string;
  /** Decimal degrees, WGS84. */
  readonly bounds: {
    /** Latitude of the northern edge; south of the equator negative. */
    readonly north: number;
    /** Latitude of the southern edge. */
    readonly south: number;
    /** Longitude of the eastern edge; west of Greenwich negative. */
    readonly east: number;
    /** Longitude of the western edge. */
    readonly west: number;
  };
  /** Such as `UTM zone 30N`; default: that of the north-east corner; `null`: the database has none. */
  readonly utmZone?: string | null;
  /** Mean over the lines, in metres; may be none of the selectable sizes. */
  readonly optimalPixel: number;
  /** What was flown, line by line and sensor by sensor. */
  readonly lines: readonly ScopsSampleLine[];
  /** False: the project is there, its delivery is not (generation `a`). */
  readonly delivered?: boolean;
}

/** Peculiarities of the Python that the web service runs on. */
export interface ScopsHost {
  /** `Location` of redirects: a path (Werkzeug >= 2.1) or absolute (2018). */
  readonly location: 'path' | 'absolute';
  /** Order in which form fields are walked: as sent (Python 3) or by hash (Python 2). */
  readonly dictionaryOrder: 'sent' | 'python2';
  /** Digits of floating-point numbers: all (Python 3) or twelve (Python 2). */
  readonly floats: 'full' | 'short';
  /** Whether a form of more than 1000 parts or 500 kB is answered with 413 (Flask 3.1). */
  readonly formLimits: boolean;
  /** Whether configs are written as UTF-8 (Python 3) or break off at the first other character (Python 2). */
  readonly configText: 'utf-8' | 'ascii';
  /** Whether JSON is printed with white space (older Flask). */
  readonly prettyJson: boolean;
}

/** Options of `simulateScops`. */
export interface ScopsSimulatorOptions {
  /** Project code to password; default: all projects of the sample data with the password of `sim.credentials`. */
  readonly projects?: Readonly<Record<string, string>>;
  /** Flights besides the samples; one of the same project, year, day and sortie replaces a sample. */
  readonly data?: {
    /** The flights to add; default: none. */
    readonly flights?: readonly ScopsSampleFlight[];
    /** True: the samples are left out. */
    readonly replace?: boolean;
    /** What befalls single lines, by name: `{ f21702: { fails: 'aplmap' } }`. */
    readonly lines?: Readonly<Record<string, ScopsLineFate>>;
    /** Plugins on the band-maths page; default `spectral_angle`. */
    readonly plugins?: readonly string[];
  };
  /** `a`: public release of 2017 (no database); `b`: status database (default); `c`: status from files. */
  readonly generation?: 'a' | 'b' | 'c';
  /** Python 3 with Flask 3 (`modern`, as observed; default), Python 2 of `2018`, or single peculiarities. */
  readonly host?: 'modern' | '2018' | Partial<ScopsHost>;
  /**
   * `as-served`: pages with the mistakes of the real site (default); `ill-formed`: many more of them: end tags left out,
   * upper case, values without quotes, stray `</div>`. Browsers read both alike.
   */
  readonly pages?: 'as-served' | 'ill-formed';
  /** How the simulated time passes; default: virtual, from 2018-03-07 15:28:24 UTC, still until it is advanced. */
  readonly clock?: ClockOptions;
  /** IANA name of the zone of both hosts; default `UTC`. */
  readonly timeZone?: string;
  /** Root of the links in mails and status answers; default: the simulator's virtual origin. */
  readonly serverBase?: string;
  /** Whether orders need no confirmation; default false. */
  readonly skipConfirmation?: boolean;
  /** Whether mails get through; default true. Can be changed later with `sim.smtp`. */
  readonly smtp?: boolean;
  /** Whether the password file can be read; default true. */
  readonly passwordFile?: boolean;
  /** Whether the status database ends with stale values, as the real one does; default true. */
  readonly staleProgress?: boolean;
  /** `qsub`: the lines of an order run side by side (default); `local`: one after another, within the tick. */
  readonly queue?: 'qsub' | 'local';
  /** How long things take, in simulated milliseconds. */
  readonly timing?: Partial<ScopsTiming>;
  /** Columns and rows of mapped images; default 40 x 30. */
  readonly mapSize?: readonly [columns: number, rows: number];
  /** Whether an uploaded DEM covers the flight; default: as its ENVI header says. */
  readonly demCovers?: boolean;
}

/**
 * How long things take, in simulated milliseconds.
 *
 * @property aplmask - Masking one line; default 8000.
 * @property aplcorr - Geo-correction of one line; default 12 000.
 * @property apltran - Translating one line to the projection; default 6000.
 * @property aplmap - Mapping one line; default 40 000.
 * @property zipping - Packing one mapped file; default 4000.
 */
export interface ScopsTiming extends Record<ScopsStage, number> {
  /** From the full minute to the first config; default 1000. */
  readonly cron: number;
  /** One submission; default 300. */
  readonly submission: number;
  /** From the submission to the start of a line; default 2000. */
  readonly queue: number;
  /** Making the project archive; default 2000. */
  readonly projectZip: number;
}

/** A mail that the service has sent. */
export interface ScopsMail {
  /** Address of the service, the same for all mails. */
  readonly from: string;
  /** Address that the order was made with, or in a copy the operator's. */
  readonly to: string;
  /** What the mail is about: `<processing id> order complete`. */
  readonly subject: string;
  /** The body as plain text, with the link to confirm, to follow or to download the order. */
  readonly text: string;
  /** By the simulator's clock, in milliseconds since 1970. */
  readonly at: number;
}

/** How one run of the minute job went over one config. */
export interface ScopsCronEntry {
  /** By the simulator's clock, in milliseconds since 1970. */
  readonly at: number;
  /** Name of the config, without `.cfg`. */
  readonly config: string;
  /** Set where the config ended the whole tick. */
  readonly error?: string;
  /** The id under which the order is processed; absent where there is an `error`. */
  readonly processingId?: string;
}

/** One row of the status database; the unit of a size is the number 0 right after insertion. */
export interface ScopsStatusRow {
  /** The order that the product belongs to. */
  readonly processingId: string;
  /** The product: a line such as `f21701`, or a line with an equation or a plugin. */
  readonly name: string;
  /** `Waiting to process`, a step such as `aplmap`, `waiting to zip`, `zipping`, `complete`, or `ERROR - <step>`. */
  readonly stage: string;
  /** Percent, 0 to 100; of a complete product often a stale value (95, 57.5 or 0). */
  readonly progress: number;
  /** Size of the mapped file, in the unit of `bytesize`; 0 until its log tells it. */
  readonly filesize: number;
  /** Unit of `filesize`: `MB`, above 500 MB `GB`. */
  readonly bytesize: string | 0;
  /** Whether a step has ended in an error. */
  readonly flag: boolean;
  /** Where the product is downloaded, below `serverBase`; told from the start, when the archive is not there yet. */
  readonly link: string;
  /** Size of the zip archive, in the unit of `zipbyte`; whole megabytes rounded down, 0 until it is complete. */
  readonly zipsize: number;
  /** Unit of `zipsize`: `MB`, above 500 MB `GB`. */
  readonly zipbyte: string | 0;
}

/** What an operator does by hand on the processing host. */
export interface ScopsOperator {
  /** Puts a config into the watched directory. */
  writeConfig(configName: string, text: string): void;
  /** Takes a config away, such as one that blocks every tick. */
  removeConfig(configName: string): void;
  /** Sets `ftp_dem_confirmed`; with a DEM (and its header) also `dem_name`. */
  approveFtpDem(configName: string, dem?: { readonly data: Uint8Array; readonly header?: string }): void;
  /** Runs a line again, without `--resume`. */
  rerun(processingId: string, line: string): void;
}

/** A simulated SCOPS, with a view behind its scenes. */
export interface ScopsSimulator extends Simulator<ScopsSimulatorCredentials> {
  /** All accepted logins. */
  readonly projects: Readonly<Record<string, string>>;
  /** Mails in the order of sending, the operator's copies included. */
  readonly outbox: readonly ScopsMail[];
  /** Texts of the `.cfg` files by config name. */
  readonly configs: ReadonlyMap<string, string>;
  /** Files below the output directory: `<processing id>/status/f21701_status.txt` and so on. */
  readonly workspaceFiles: ReadonlyMap<string, Uint8Array>;
  /** Uploaded elevation models and their headers by server path. */
  readonly demFiles: ReadonlyMap<string, Uint8Array>;
  /** Processing ids in the order of their making. */
  readonly processingIds: readonly string[];
  /** The status database; every product is in it twice. Empty in generations `a` and `c`. */
  readonly statusRows: readonly ScopsStatusRow[];
  /** What the minute job did: one entry for each config that it submitted or died of. */
  readonly cronLog: readonly ScopsCronEntry[];
  /** Whether mails get through. */
  smtp: boolean;
  /** Takes the part of the operator on the processing host. */
  readonly operator: ScopsOperator;
}
