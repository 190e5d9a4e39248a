import type { WaitOptions } from '../../types.js';
import type { STAGES } from '../centre.js';

/** Where a product is in the chain of programs. */
export type ScopsStage = (typeof STAGES)[number]['stage'] | 'unknown';

/** What the stage means. `stalled`: no progress for a long time; a guess, not an error. */
export type ScopsProductState = 'queued' | 'running' | 'failed' | 'complete' | 'stalled' | 'unknown';

/** One product of an order. */
export interface ScopsProduct {
  /** `<line>`, `<line>_<equation>` or `<line>_<plugin>`. */
  readonly name: string;
  /** What the stage means; a product ends as `complete` or `failed`. */
  readonly state: ScopsProductState;
  /** The current step of the product; for a failed one, the step in which it failed. */
  readonly stage: ScopsStage;
  /** The stage in the server's own words. */
  readonly stageText: string;
  /** 0 to 100; 100 exactly when complete. */
  readonly percent: number;
  /** Whether the server reports an error for it, by stage or flag; never for a complete one, since the flag can stick. */
  readonly failed: boolean;
  /** Approximate size of the product in bytes; absent until known. */
  readonly approximateBytes?: number;
  /** Approximate size of its archive in bytes; absent until known. */
  readonly approximateZipBytes?: number;
}

/** The state of an order: `empty` means that no product is registered, before the start or after a DEM error. */
export type ScopsState = 'empty' | 'queued' | 'running' | 'stalled' | 'complete' | 'partial' | 'failed';

/** The state of an order and all its products. */
export interface ScopsStatus {
  /** Name of the order's processing folder: `GB13_08_2014_21720180307152902`. Not the config name. */
  readonly processingId: string;
  /** `partial`: ended, with some products complete and some failed. */
  readonly state: ScopsState;
  /** One per line, and one per equation or plugin on a line; empty before the start and after a DEM error. */
  readonly products: readonly ScopsProduct[];
  /** Mean of the products, 0 to 100. */
  readonly percent: number;
  /** The order as the server holds it (`projection`, `projstring`, `bounds`, …, `eq_*`); absent if the page cannot be read. */
  readonly details?: Readonly<Record<string, string>>;
}

/** Options of {@link ScopsClient.watch} and {@link ScopsClient.waitFor}. */
export interface ScopsWaitOptions extends WaitOptions<ScopsStatus> {
  /** Time without progress after which a product counts as stalled, in milliseconds; default 30 minutes. */
  readonly stallMs?: number;
  /** `waitFor` resolves when at least one product is complete and the others failed. Default false. */
  readonly allowPartial?: boolean;
}
