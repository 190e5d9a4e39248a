import type { CallOptions, ClientOptions, DownloadedFile, DownloadOptions, WaitOptions } from '../types.js';
import type { INTERPOLATIONS, MASKS, SENSORS, STAGES } from './centre.js';

/** Options of {@link ScopsClient}. They win over `SCOPS_BASE_URL`, `SCOPS_PROJECT` and `SCOPS_PASSWORD`. */
export interface ScopsOptions extends ClientOptions {
  /** Project code, which is also the user name: SCOPS has one login per project. */
  readonly project?: string;
  /** Password of the project's login; default: `SCOPS_PASSWORD`; without either, {@link ConfigError}. */
  readonly password?: string;
  /** IANA name of the time zone of the server's clock, such as `Europe/London`; default: read from the config name. */
  readonly serverTimeZone?: string;
  /** Allows plain http to hosts other than this machine; the password is then sent unencrypted. Default false. */
  readonly allowInsecure?: boolean;
  /** Shortest time between two confirmations of one flight day, in milliseconds; default 61 000, since two that begin in the same second break each other. */
  readonly confirmSpacingMs?: number;
}

/** Year and day of a flight; `sortie` only if the flight has a letter. */
export interface FlightDay {
  /** Calendar year of the flight, four digits: `2014`. */
  readonly year: number;
  /** Day of the year, 1 to 366. */
  readonly day: number;
  /** One letter. A flight with a letter is not found without it, and vice versa. */
  readonly sortie?: string;
}

/** One spectral band of a line. */
export interface Band {
  /** 1-based, as orders and equations count. */
  readonly number: number;
  /** Centre wavelength in nanometres; absent if the page names none. */
  readonly wavelengthNm?: number;
}

/** The instrument of a line, by the first letter of its name. */
export type ScopsSensor = (typeof SENSORS)[keyof typeof SENSORS] | 'unknown';

/** One flight line. */
export interface FlightLine {
  /** Sensor letter, day, sortie letter if any, line number: `f21701`. */
  readonly name: string;
  /** By the first letter of the name: `f` Fenix, `e` Eagle, `h` Hawk, `o` Owl; else `unknown`. */
  readonly sensor: ScopsSensor;
  /** Every band that the page offers for the line, in its order. */
  readonly bands: readonly Band[];
  /** Whether SCOPS can take an order for it: the server cuts letters off the names of Eagle and Hawk lines and refuses them. */
  readonly orderable: boolean;
}

/** A box in decimal degrees, WGS84. */
export interface GeoBounds {
  /** Northern edge, -90 to 90; above `south`. */
  readonly north: number;
  /** Southern edge, -90 to 90. */
  readonly south: number;
  /** Eastern edge, -180 to 180; above `west`: no box reaches across the antimeridian. */
  readonly east: number;
  /** Western edge, -180 to 180. */
  readonly west: number;
}

/** One flight day, as the request page shows it. */
export interface Flight extends FlightDay {
  /** Code of the project that the flight belongs to: `GB13_08`. */
  readonly project: string;
  /** The lines flown that day, including those that cannot be ordered ({@link FlightLine.orderable}). */
  readonly lines: readonly FlightLine[];
  /** The box that the page fills in; SCOPS maps whole lines, whatever box an order names. */
  readonly bounds: GeoBounds;
  /** What the page offers besides a PROJ text: `UTM zone 30N`, `UKBNG`. */
  readonly projections: readonly string[];
  /** The page's default; absent if the server cannot use any of its choices. */
  readonly defaultProjection?: string;
  /** The UTM zone of the flight, `30N`; absent if the page names none. */
  readonly utmZone?: string;
  /** Whether the page offers the British National Grid (`UKBNG`), as it does for flights over the United Kingdom. */
  readonly isUk: boolean;
  /** What the page offers, in metres. */
  readonly pixelSizes: readonly number[];
  /** Mean optimal pixel size of the lines in metres; may not be one of {@link Flight.pixelSizes}; absent if the page does not give it. */
  readonly optimalPixelSize?: number;
  /** The page's default interpolation; absent if it names no known method. */
  readonly defaultInterpolation?: ScopsInterpolation;
  /** The page's default elevation model; absent if it names none. */
  readonly defaultDem?: 'aster' | 'srtm';
  /** The page's own hidden fields, sent back unchanged. */
  readonly form: Readonly<Record<'project' | 'year' | 'julianday' | 'sortie', string>>;
}

/** What can be masked, by the page's words or by the server's letters. */
export type ScopsMask = keyof typeof MASKS | (typeof MASKS)[keyof typeof MASKS];

/** How a map cell gets its value: nearest level-1 pixel, bilinear over 4 points, cubic splines over 16. */
export type ScopsInterpolation = (typeof INTERPOLATIONS)[number];

/** Your own elevation model: one band, ENVI BIL or BSQ, WGS84 latitude and longitude, covering all lines. */
export interface DemFile {
  /** The local file with the heights, in metres above the WGS84 spheroid: a path or a `file:` URL. Not empty. */
  readonly file: string | URL;
  /** The ENVI header; default: the `.hdr` next to the file. Without one, the DEM is refused. */
  readonly header?: string | URL;
}

/** One line to process. */
export interface LineOrder {
  /** Name of the line as the flight lists it ({@link FlightLine.name}): `f21701`. */
  readonly name: string;
  /** First and last band, 1-based, both included; default: all bands of the line. */
  readonly bands?: readonly [first: number, last: number];
}

/** What to process, and how. */
export interface ScopsOrder {
  /** From {@link ScopsClient.getFlight}, or just the day. */
  readonly flight: Flight | FlightDay;
  /** The lines to process, 1 to 300, each once. */
  readonly lines: readonly LineOrder[];
  /** The address that gets the service's mails. */
  readonly email: string;
  /** Default `all`. */
  readonly masks?: 'all' | 'none' | readonly ScopsMask[];
  /** `UTM zone 30N`, `UKBNG` (United Kingdom only) or a PROJ text; default: the flight's own. */
  readonly projection?:
    | string
    | {
        /** PROJ text: `+proj=utm +zone=5 +datum=WGS84 +units=m`. The only way to UTM zones 1 to 9. */
        readonly proj: string;
      };
  /**
   * 0.5 to 7 metres, one number or x and y; with a PROJ text in its units, from 0.1 m to 1 km, or 9e-7 to 0.01 degrees.
   * Default: the selectable size nearest to the optimal one.
   */
  readonly pixelSize?: number | readonly [x: number, y: number];
  /** Stored with the order, but SCOPS maps whole lines anyway; default: the flight's box. */
  readonly bounds?: GeoBounds;
  /** Default `nearest`. */
  readonly interpolation?: ScopsInterpolation;
  /** Default `aster`. `ftp`: handed over outside SCOPS; the order waits until an operator approves it. */
  readonly dem?: 'aster' | 'srtm' | 'ftp' | DemFile;
  /** Hold the order for {@link ScopsClient.submitBandMath}. Default false. */
  readonly bandMath?: boolean;
  /** Send lines that this server generation is known to refuse (Eagle and Hawk). Default false. */
  readonly allowUnorderableLines?: boolean;
}

/** An order that SCOPS has stored. It is processed once it is confirmed. */
export interface SubmittedOrder {
  /** The name that {@link ScopsClient.confirm} and the band-maths calls take. Not the processing id. */
  readonly configName: string;
  /** A mark in the order that proves a processing folder to be this order's. */
  readonly tag: string;
  /** By the server's clock, if it gives its time. */
  readonly submittedAt: Date;
  /** Sortie letter of the flight; part of the processing id. */
  readonly sortie?: string;
  /** Whether the order waits for {@link ScopsClient.submitBandMath}. */
  readonly bandMath?: boolean;
}

/** Options of {@link ScopsClient.submit}. */
export interface SubmitOptions extends CallOptions {
  /** Called while a DEM is sent, with the bytes sent so far. */
  readonly onProgress?: DownloadOptions['onProgress'];
}

/** The band-maths page of an order. */
export interface BandMathForm {
  /** Config name of the order, as the page repeats it: `GB13_08_2014_217_20180307152824`. */
  readonly configName: string;
  /** Names of the lines that equations and plugins can be ticked for. */
  readonly lines: readonly string[];
  /** Bands of the first line. */
  readonly bands: readonly Band[];
  /** The built-in equations, written for the 622 bands of the Fenix and wrong for other sensors; see {@link ndvi}. */
  readonly equations: Readonly<Record<string, string>>;
  /** Names of the plugins installed on the server, such as `spectral_angle`; may be empty. */
  readonly plugins: readonly string[];
}

/** Equations and plugins for an order. */
export interface BandMathRequest {
  /**
   * By name; `band1` … `band999`, operators and functions of NumExpr. Products are called `<line>_<name>`. The server is Python
   * 2: whole numbers are divided with a decimal point added. Each line must have the bands.
   */
  readonly equations?: Readonly<Record<string, string>>;
  /** Plugins to run, as {@link BandMathForm.plugins} names them; default: none. Products: `<line>_<plugin>`. */
  readonly plugins?: readonly string[];
  /** Default: all lines of the order, which the project archive needs. */
  readonly lines?: readonly string[];
}

/** What {@link ScopsClient.submitBandMath} sent. */
export interface SentBandMath {
  /** By name, as they were sent: `1/2*band1` becomes `1.0/2*band1`, since the server drops remainders. */
  readonly equations: Readonly<Record<string, string>>;
}

/** Where a product is in the chain of programs. */
export type ScopsStage = (typeof STAGES)[number]['stage'] | 'unknown';

/** What the stage means. `stalled`: no progress for a long time; a guess, not an error. */
export type ScopsProductState = 'queued' | 'running' | 'failed' | 'complete' | 'stalled' | 'unknown';

/** One product of an order. */
export interface ScopsProduct {
  /** `<line>`, `<line>_<equation>` or `<line>_<plugin>`. */
  readonly name: string;
  /** What the stage means; a product ends as `complete` or `failed`. */
  readonly state: ScopsProductState;
  /** The current step of the product; for a failed one, the step in which it failed. */
  readonly stage: ScopsStage;
  /** The stage in the server's own words. */
  readonly stageText: string;
  /** 0 to 100; 100 exactly when complete. */
  readonly percent: number;
  /** Whether the server reports an error for it, by stage or flag; never for a complete one, since the flag can stick. */
  readonly failed: boolean;
  /** Approximate size of the product in bytes; absent until known. */
  readonly approximateBytes?: number;
  /** Approximate size of its archive in bytes; absent until known. */
  readonly approximateZipBytes?: number;
}

/** The state of an order: `empty` means that no product is registered, before the start or after a DEM error. */
export type ScopsState = 'empty' | 'queued' | 'running' | 'stalled' | 'complete' | 'partial' | 'failed';

/** The state of an order and all its products. */
export interface ScopsStatus {
  /** Name of the order's processing folder: `GB13_08_2014_21720180307152902`. Not the config name. */
  readonly processingId: string;
  /** `partial`: ended, with some products complete and some failed. */
  readonly state: ScopsState;
  /** One per line, and one per equation or plugin on a line; empty before the start and after a DEM error. */
  readonly products: readonly ScopsProduct[];
  /** Mean of the products, 0 to 100. */
  readonly percent: number;
  /** The order as the server holds it (`projection`, `projstring`, `bounds`, …, `eq_*`); absent if the page cannot be read. */
  readonly details?: Readonly<Record<string, string>>;
}

/** Options of {@link ScopsClient.watch} and {@link ScopsClient.waitFor}. */
export interface ScopsWaitOptions extends WaitOptions<ScopsStatus> {
  /** Time without progress after which a product counts as stalled, in milliseconds; default 30 minutes. */
  readonly stallMs?: number;
  /** `waitFor` resolves when at least one product is complete and the others failed. Default false. */
  readonly allowPartial?: boolean;
}

/** Options of {@link ScopsClient.findProcessingId}. */
export interface FindProcessingIdOptions extends CallOptions {
  /** When the order was confirmed, by the server's clock; default: when this client confirmed it, else when it was submitted. */
  readonly confirmedAt?: Date | string;
  /** How long after that the processing may have started, in milliseconds; default 15 minutes. */
  readonly windowMs?: number;
  /** Pause between two requests, in milliseconds; default 500, which is also the minimum for hosts other than this machine. */
  readonly probeIntervalMs?: number;
}

/** Options of {@link ScopsClient.findConfigName}. */
export interface FindConfigNameOptions extends CallOptions {
  /** Seconds to search before and after the submission; default 2. */
  readonly withinSeconds?: number;
}

/** What {@link ScopsClient.findConfigName} needs to know about an order. */
export interface LostOrder {
  /** Year of the flight, not of the order. */
  readonly year: number;
  /** Day of the year of the flight, 1 to 366. */
  readonly day: number;
  /** When the order was submitted, by the server's clock; a string without a time zone is UTC. */
  readonly submittedAt: Date | string;
}

/** Options of {@link ScopsClient.download}. */
export interface ScopsDownloadOptions extends DownloadOptions {
  /** Product names, or `project` for the archive of all; default: every complete product, one by one. */
  readonly products?: readonly string[] | 'project';
}

/** What the DEM error page says about an order. */
export interface DemError {
  /** The order in question. */
  readonly processingId: string;
  /** The server's words; they are the same for every order. */
  readonly reason: string;
  /** What to do about it, and what not to do. */
  readonly advice: string;
}

/** Options of {@link ScopsClient.reuploadDem}. */
export interface ReuploadDemOptions extends CallOptions {
  /** Send a second DEM for an order for which this client has already sent one. Default false. */
  readonly again?: boolean;
  /** Called while the DEM is sent, with the bytes sent so far. */
  readonly onProgress?: DownloadOptions['onProgress'];
}

/** Options of {@link ScopsClient.process}. */
export interface ScopsProcessOptions extends ScopsWaitOptions {
  /**
   * Where the processing id comes from, which SCOPS sends only by e-mail: `probe` (default) asks the server for likely
   * ids ({@link ScopsClient.findProcessingId}); a function gets it from elsewhere, such as the mailbox.
   */
  readonly processingId?: 'probe' | ((order: SubmittedOrder, signal: AbortSignal | undefined) => Promise<string>);
  /** Equations and plugins; needs `bandMath: true` in the order. */
  readonly bandMath?: BandMathRequest;
  /** How to look for the processing id; used only with `probe`. Default: as {@link ScopsClient.findProcessingId}. */
  readonly find?: Omit<FindProcessingIdOptions, keyof CallOptions>;
  /** What to download, and how; default: every complete product, one by one. A failed one ends the call. */
  readonly download?: Omit<ScopsDownloadOptions, 'signal' | 'timeoutMs' | 'onFailure'>;
  /** Called when the order is stored, and when its processing id is known. */
  readonly onOrder?: (order: SubmittedOrder, processingId?: string) => void;
}

/** Result of {@link ScopsClient.process}. */
export interface ScopsProcessResult {
  /** What {@link ScopsClient.submit} returned for the order: config name, tag, time. */
  readonly order: SubmittedOrder;
  /** The id that was found, for status and later downloads; SCOPS keeps products for two weeks. */
  readonly processingId: string;
  /** The last status of the order: `complete`, or `partial` with `allowPartial`. */
  readonly status: ScopsStatus;
  /** The archives on disk; `source` is the product's name, or `project` for the archive of all. */
  readonly files: DownloadedFile<string>[];
}
