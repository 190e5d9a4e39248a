const MINOR_ONLY = /^v([0-9]{3})$/;
const FULL = /^v([0-9]{3})\.([0-9]{4})$/;
const PART = /^v?([0-9]+)v?$/;

/**
 * The version of a file: `vMMM.mmmm`, or `vXXX` without major part.
 *
 * @example
 * ```ts
 * import { Version } from '@lab/sdc/imap';
 *
 * const newest = ['v042', 'v001.0002'].map((text) => Version.parse(text)).sort(Version.compare).at(-1);
 * console.log(String(newest)); // v001.0002
 * ```
 */
export class Version {
  /** 0 to 999; absent in the form `vXXX`. */
  declare readonly major?: number;
  /** 0 to 9999, or 0 to 999 without a major part. */
  readonly minor: number;

  /**
   * @param major - A whole number, its text (`v002`), or nothing.
   * @param minor - A whole number or its text (`0004`).
   * @throws `TypeError` for anything else, `RangeError` outside the ranges.
   */
  constructor(major: number | string | undefined, minor: number | string) {
    if (major !== undefined) this.major = part(major, 999);
    this.minor = part(minor, major === undefined ? 999 : 9999);
  }

  /**
   * Reads `vMMM.mmmm` or `vXXX`.
   *
   * @throws `TypeError` when it is neither.
   */
  static parse(text: string): Version {
    const version = Version.tryParse(text);
    if (version === undefined) {
      throw new TypeError(`Version ${JSON.stringify(text)} is not a valid version string; use vMMM.mmmm or vXXX`);
    }
    return version;
  }

  /** Reads `vMMM.mmmm` or `vXXX`; `undefined` when it is neither. */
  static tryParse(text: string): Version | undefined {
    const full = FULL.exec(text);
    if (full !== null) return new Version(full[1], full[2] ?? '');
    const minor = MINOR_ONLY.exec(text);
    return minor === null ? undefined : new Version(undefined, minor[1] ?? '');
  }

  /** Whether a text is `vMMM.mmmm` or `vXXX`. */
  static isValid(text: string): boolean {
    return FULL.test(text) || MINOR_ONLY.test(text);
  }

  /** Whether a text is `vMMM.mmmm`, the form of today's science files. */
  static isFull(text: string): boolean {
    return FULL.test(text);
  }

  /** Whether a text is `vXXX`, the form of ancillary files. */
  static isMinorOnly(text: string): boolean {
    return MINOR_ONLY.test(text);
  }

  /**
   * Orders versions or their texts, for `sort`: those without major part come before all others, even before `v000.0000`.
   *
   * @throws `TypeError` for a text that is not a version.
   */
  static readonly compare = (a: Version | string, b: Version | string): number => {
    const [one, other] = [asVersion(a), asVersion(b)];
    return (one.major ?? -1) - (other.major ?? -1) || one.minor - other.minor;
  };

  /** Whether two versions are the same; `v001` is not `v000.0001`. */
  equals(other: Version): boolean {
    return Version.compare(this, other) === 0;
  }

  /** `vMMM.mmmm` or `vXXX`. */
  toString(): string {
    const minor = String(this.minor);
    if (this.major === undefined) return `v${minor.padStart(3, '0')}`;
    return `v${String(this.major).padStart(3, '0')}.${minor.padStart(4, '0')}`;
  }

  /** The text form, so that a version in an object becomes readable JSON. */
  toJSON(): string {
    return this.toString();
  }
}

function asVersion(version: Version | string): Version {
  return typeof version === 'string' ? Version.parse(version) : version;
}

function part(value: number | string, max: number): number {
  const digits = typeof value === 'string' ? PART.exec(value)?.[1] : undefined;
  const number = digits === undefined ? value : Number(digits);
  if (typeof number !== 'number' || !Number.isInteger(number)) {
    throw new TypeError(`Version ${JSON.stringify(value)} must be a whole number`);
  }
  if (number < 0 || number > max) throw new RangeError(`Version ${number} must be between 0 and ${max}`);
  return number;
}
