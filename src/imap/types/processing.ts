import type { DateLike } from '../../types.js';
import type { DataLevel, Instrument } from '../centre.js';

/** Which processing jobs to list; nothing: the newest 100. */
export interface ProcessingJobQuery {
  /** Only jobs that are running, succeeded or failed; default: all. */
  readonly status?: 'INPROGRESS' | 'SUCCEEDED' | 'FAILED';
  /** Short name such as `mag`, one of {@link INSTRUMENTS}; default: all. */
  readonly instrument?: Instrument | (string & {});
  /** Level that the jobs produce, such as `l1a`, one of {@link DATA_LEVELS}; default: all. */
  readonly dataLevel?: DataLevel | (string & {});
  /** Descriptor of the product, such as `norm-mago`, in full; default: all. */
  readonly descriptor?: string;
  /** Start day (UTC) of the data, exactly this one; default: all. */
  readonly startDate?: DateLike;
  /** Number of the pointing, from 0; default: all. */
  readonly repointing?: number;
  /** The part of the product's version before the dot, from 0; default: all. */
  readonly majorVersion?: number;
  /** The part of the product's version after the dot, from 0; default: all. */
  readonly minorVersion?: number;
  /** The one job that wrote this log, as `jobLogStreamId` of a {@link ProcessingJob}; default: all. */
  readonly jobLogStreamId?: string;
}

/** A processing job of the Science Data Center. */
export interface ProcessingJob {
  /** `unknown` is any other word; `raw.status` has it. */
  readonly status: 'INPROGRESS' | 'SUCCEEDED' | 'FAILED' | 'unknown';
  /** Short name of the instrument, such as `mag`. */
  readonly instrument: string;
  /** Level that the job produces, such as `l1a`. */
  readonly dataLevel: string;
  /** Descriptor of the product, such as `norm-mago`. */
  readonly descriptor: string;
  /** Start day of the data (midnight, UTC); absent if the server names none. */
  readonly startDate?: Date;
  /** The part of the product's version before the dot; absent if the server names none. */
  readonly majorVersion?: number;
  /** The part of the product's version after the dot; absent if the server names none. */
  readonly minorVersion?: number;
  /** Number of the pointing; absent for products by day. */
  readonly repointing?: number;
  /** Usable with `processingLog`. */
  readonly jobLogStreamId?: string;
  /** When the job began to run (UTC); absent if the server does not say. */
  readonly startedAt?: Date;
  /** When the job ended, successfully or not (UTC); absent if the server does not say, as for a job that is still running. */
  readonly stoppedAt?: Date;
  /** The row as the server sent it, including container, command and definition. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** The log of a processing job. */
export interface ProcessingLog {
  /** The log as text, one event per line; at most the newest megabyte, which is what the server reads. */
  readonly text: string;
  /** The events, if the server sends them one by one instead of as text. */
  readonly events?: readonly JobLogEvent[];
}

/** One event of a job's log. */
export interface JobLogEvent {
  /** What the job wrote. */
  readonly message: string;
  /** When it was written (UTC); absent if the server does not say. */
  readonly time?: Date;
  /** The event as the server sent it. */
  readonly raw: unknown;
}

/** What to process again. A level needs instrument and descriptor, a descriptor needs an instrument. */
export interface ReprocessQuery {
  /** First start day (UTC) of the data to process again, inclusive. */
  readonly startDate: DateLike;
  /** Inclusive. */
  readonly endDate: DateLike;
  /** Short name such as `mag`, one of {@link INSTRUMENTS}; default: not limited to one. */
  readonly instrument?: Instrument | (string & {});
  /** Such as `l1a`, one of {@link DATA_LEVELS}; default: not limited to one. */
  readonly dataLevel?: DataLevel | (string & {});
  /** Descriptor of the product, such as `norm-mago`; default: not limited to one. */
  readonly descriptor?: string;
}
