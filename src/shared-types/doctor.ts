import type { Centre, SdcError } from '../errors.js';
import type { CallOptions } from './call.js';

/** Options of `doctor`. */
export interface DoctorOptions extends CallOptions {
  /**
   * A new or empty folder for the answers: one JSON file per answer with status, headers and body, and the report. Secrets, names, e-mail
   * addresses and ids are replaced, the same one by the same pseudonym. Default: nothing is kept.
   */
  readonly record?: string | URL;
}

/** One fact of a centre's protocol, and whether it holds there. */
export interface DoctorPoint {
  /** Stable, such as `list.array`. */
  readonly id: string;
  /** What the fact is about. */
  readonly what: string;
  /** What the client expects. */
  readonly known: string;
  /** What the centre showed; for `not-asked` the reason, where there is one. */
  readonly seen?: string;
  /** `not-asked`: the centre gave no answer, or the question does not apply there. */
  readonly verdict: 'holds' | 'differs' | 'not-asked';
  /** Why the question got no answer, where asking it failed. */
  readonly error?: SdcError;
}

/** What `doctor` found. */
export interface DoctorReport {
  /** The centre that was checked. */
  readonly centre: Centre;
  /** Its address. */
  readonly baseUrl: string;
  /** When it was checked. */
  readonly when: Date;
  /** In the order in which they were asked; the same ones each time. */
  readonly points: DoctorPoint[];
}
