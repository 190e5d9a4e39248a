import type { SccOperation } from '../context.js';
import type { StationEvent, StationOptions } from '../types.js';
import type { Semaphore } from '../../core/util/locks.js';
import type { Datalog } from './datalog.js';

/** What a station was asked to do, with its defaults. */
export interface StationPlan extends Omit<StationOptions, 'datalog' | 'directory' | 'signal'> {
  readonly folder: string;
  readonly directory: string;
  readonly datalog: string;
  readonly once: boolean;
  readonly pollIntervalMs: number;
  readonly stableMs: number;
  readonly deadlineMs: number;
  readonly settleMs: number;
}

/** What the parts of a running station share. */
export interface Station {
  /** Its signal ends with the station. */
  readonly op: SccOperation;
  readonly signal: AbortSignal;
  readonly plan: StationPlan;
  readonly datalog: Datalog;
  /** One upload at a time. */
  readonly uploads: Semaphore;
  /** The products of a few measurements at a time. */
  readonly downloads: Semaphore;
  /** Which file each measurement is of, by its id. */
  readonly owners: Map<string, string>;
  readonly tell: (event: StationEvent) => void;
}
