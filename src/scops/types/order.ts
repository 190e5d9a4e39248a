import type { CallOptions, DownloadOptions } from '../../types.js';
import type { DemFile } from './dem.js';
import type { Flight, FlightDay } from './flight.js';
import type { GeoBounds, ScopsInterpolation, ScopsMask } from './mapping.js';

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
