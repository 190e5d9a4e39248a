/** How much may be unpacked, whether it is kept or only checked. */
export interface UnpackLimits {
  /** Bytes of all files together; default 64 GiB. */
  readonly maxBytes?: number;
  /** How many times larger than the archive, beyond the first 256 MiB; default 1 000, which honest data never reaches. */
  readonly maxRatio?: number;
}

const RATIO_FREE_BYTES = 256 * 1024 * 1024;

/** How many bytes an archive of this size may be unpacked to at most. */
export function unpackLimit(packed: number, { maxBytes = 64 * 1024 ** 3, maxRatio = 1000 }: UnpackLimits = {}): number {
  return Math.min(maxBytes, Math.max(RATIO_FREE_BYTES, packed * maxRatio));
}
