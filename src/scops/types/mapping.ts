import type { INTERPOLATIONS, MASKS } from '../centre.js';

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

/** What can be masked, by the page's words or by the server's letters. */
export type ScopsMask = keyof typeof MASKS | (typeof MASKS)[keyof typeof MASKS];

/** How a map cell gets its value: nearest level-1 pixel, bilinear over 4 points, cubic splines over 16. */
export type ScopsInterpolation = (typeof INTERPOLATIONS)[number];
