import type { Band } from './flight.js';

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
