import type { ReadOptions, Variable } from '../types.js';

/** Your own values, plotted like a variable, such as a vegetation index. */
export interface PlotData {
  /** What the values are; the label of the axis. */
  readonly name: string;
  /** The unit, as shown at the axis. */
  readonly units?: string | undefined;
  /** The values in C order; `NaN` is a gap, `Date`s are times. */
  readonly data: ArrayLike<number> | ArrayLike<bigint> | readonly Date[];
  /** The length of each axis, the slowest first; default: one axis. */
  readonly shape?: readonly number[] | undefined;
  /** The name of each axis, as long as `shape`; `line` and `sample` are drawn as those of an ENVI cube. Default: none. */
  readonly dimensions?: readonly string[] | undefined;
}

/** The colours of an image, from low to high. */
export type PlotColours = 'viridis' | 'grey' | 'turbo' | 'blue-red';

/** What to plot, and how. Default: all of the variable, in the form that suits its shape. */
export interface PlotOptions extends Pick<ReadOptions, 'start' | 'count' | 'stride'> {
  /** Where to write the picture, as `.svg` or `.png`. An existing file is replaced. Default: nothing is written. */
  readonly to?: string | URL | undefined;
  /** Lines or an image; default: lines for one axis, or for two if one of them has at most ten elements; otherwise an image. */
  readonly kind?: 'lines' | 'image' | undefined;
  /** What to draw lines against; default: the variable of their axis (`DEPEND_0`, a coordinate of netCDF), or else the index. */
  readonly against?: Variable | PlotData | undefined;
  /** The uncertainty of lines, with the same shape: drawn as a band from `value - error` to `value + error`. */
  readonly error?: Variable | PlotData | undefined;
  /** The name of each line, for the legend; default: the names in the file. */
  readonly labels?: readonly string[] | undefined;
  /** The title; default: the name and the description of the variable. */
  readonly title?: string | undefined;
  /** The lowest and the highest value of the axis or of the colours; default: those of the values. */
  readonly range?: readonly [low: number, high: number] | undefined;
  /** The scale of the values; `log` leaves out values that are not above 0. Default `linear`, or the `SCALETYP` of a CDF. */
  readonly scale?: 'linear' | 'log' | undefined;
  /** The colours of an image; `blue-red` has its middle at 0. Default `viridis`. */
  readonly colours?: PlotColours | undefined;
  /** Pixels from left to right, 200 to 4000; an image with a narrow shape takes less. Default 720. */
  readonly width?: number | undefined;
  /** Pixels from top to bottom, 150 to 4000; an image with a wide shape takes less. Default 400; for images 480. */
  readonly height?: number | undefined;
  /** Aborts the plot, which rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A plot. */
export interface Plot {
  /** The picture as an SVG document. */
  readonly svg: string;
  /** Its width in pixels. */
  readonly width: number;
  /** Its height in pixels. */
  readonly height: number;
  /**
   * The picture as a PNG file. Needs the package `sharp`, which is installed separately.
   *
   * @throws `TypeError` when `sharp` is not installed.
   */
  png(): Promise<Uint8Array>;
}
