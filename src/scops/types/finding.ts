import type { CallOptions } from '../../types.js';

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
