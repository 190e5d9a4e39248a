import type { CallOptions, DownloadedFile } from '../../types.js';
import type { BandMathRequest } from './band-math.js';
import type { ScopsDownloadOptions } from './download.js';
import type { FindProcessingIdOptions } from './finding.js';
import type { SubmittedOrder } from './order.js';
import type { ScopsStatus, ScopsWaitOptions } from './status.js';

/** Options of {@link ScopsClient.process}. */
export interface ScopsProcessOptions extends ScopsWaitOptions {
  /**
   * Where the processing id comes from, which SCOPS sends only by e-mail: `probe` (default) asks the server for likely
   * ids ({@link ScopsClient.findProcessingId}); a function gets it from elsewhere, such as the mailbox.
   */
  readonly processingId?: 'probe' | ((order: SubmittedOrder, signal: AbortSignal | undefined) => Promise<string>);
  /** Equations and plugins; needs `bandMath: true` in the order. */
  readonly bandMath?: BandMathRequest;
  /** How to look for the processing id; used only with `probe`. Default: as {@link ScopsClient.findProcessingId}. */
  readonly find?: Omit<FindProcessingIdOptions, keyof CallOptions>;
  /** What to download, and how; default: every complete product, one by one. A failed one ends the call. */
  readonly download?: Omit<ScopsDownloadOptions, 'signal' | 'timeoutMs' | 'onFailure'>;
  /** Called when the order is stored, and when its processing id is known. */
  readonly onOrder?: (order: SubmittedOrder, processingId?: string) => void;
}

/** Result of {@link ScopsClient.process}. */
export interface ScopsProcessResult {
  /** What {@link ScopsClient.submit} returned for the order: config name, tag, time. */
  readonly order: SubmittedOrder;
  /** The id that was found, for status and later downloads; SCOPS keeps products for two weeks. */
  readonly processingId: string;
  /** The last status of the order: `complete`, or `partial` with `allowPartial`. */
  readonly status: ScopsStatus;
  /** The archives on disk; `source` is the product's name, or `project` for the archive of all. */
  readonly files: DownloadedFile<string>[];
}
