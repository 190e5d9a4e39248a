import type { SdcError } from '../../errors.js';
import type { MirrorOptions } from '../../types.js';
import { now } from '../util/time.js';
import type { Manifest } from './manifest.js';
import type { MirrorSource } from './plan.js';
import { queryKey, readState, setKey, writeState, type QueryState } from './query-state.js';
import { DAY_MS } from '../util/dates.js';

/**
 * So often everything is listed once more: files may come to light whose dates are older than the last run, such as those that are released
 * long after they arrived, or were dated by a clock that went wrong.
 */
export const WHOLE_EVERY_MS = 7 * DAY_MS;

/** What a run must know before it can begin with a source. */
export interface SourceSettings {
  readonly directory: string;
  readonly options: MirrorOptions;
  /** A moment that the caller named. */
  readonly since: Date | undefined;
  readonly manifestBytes: number;
  /** Files of this source that should be here and are not as they should be. */
  readonly missingOf: (key: string) => readonly string[];
}

/** One query in one run: from where on it is asked for, and how far the next run may trust this one. */
export class SourceRun {
  readonly source: MirrorSource;
  /** Whose files they are. */
  readonly key: string;
  /** From where on to ask; `undefined`: everything is listed. */
  readonly since: Date | undefined;
  /** It could not be listed to its end. */
  error: SdcError | undefined;
  readonly #settings: SourceSettings;
  readonly #stateKey: string;
  readonly #state: QueryState | undefined;
  #newestMs = -Infinity;
  #oldestFailedMs = Infinity;

  private constructor(source: MirrorSource, settings: SourceSettings, keys: Keys, state: QueryState | undefined) {
    this.source = source;
    this.key = keys.key;
    this.#stateKey = keys.stateKey;
    this.#settings = settings;
    this.#state = isGood(state, source, settings, this.key) ? state : undefined;
    const whole = settings.options.remove === 'list' || settings.options.remove === 'delete';
    const last = this.#state === undefined || whole ? undefined : Date.parse(this.#state.until);
    this.since = settings.since ?? (last === undefined ? undefined : new Date(last - (source.overlapMs ?? 0)));
  }

  static async begin(source: MirrorSource, settings: SourceSettings): Promise<SourceRun> {
    const { include, exclude } = settings.options;
    const keys = { key: queryKey(source.query), stateKey: queryKey({ query: source.query, include, exclude }) };
    return new SourceRun(source, settings, keys, await readState(settings.directory, keys.stateKey));
  }

  /** Whether all that the query asks for was listed. */
  get isWhole(): boolean {
    return this.since === undefined && this.error === undefined;
  }

  listed(datedAt: Date | undefined): void {
    if (datedAt !== undefined) this.#newestMs = Math.max(this.#newestMs, datedAt.getTime());
  }

  /** A file that was not fetched holds the next run back to its date; one without a date, to where this run began. */
  failed(datedAt: Date | undefined): void {
    this.#oldestFailedMs = Math.min(this.#oldestFailedMs, datedAt?.getTime() ?? -Infinity);
  }

  /** Leaves to the next run how far this one came: by the dates of the centre, and never into the future. */
  async leave(manifest: Manifest, signal: AbortSignal | undefined): Promise<void> {
    const { source, since } = this;
    const before = this.#state;
    if (source.overlapMs === undefined || this.error !== undefined) return;
    const beforeMs = before === undefined ? -Infinity : Date.parse(before.until);
    // What lies between the end of the last run and the moment that the caller named was not listed.
    if (since !== undefined && since.getTime() > beforeMs) return;
    const untilMs = Math.min(Math.max(beforeMs, this.#newestMs), this.#oldestFailedMs, now());
    if (!Number.isFinite(untilMs)) return;
    const missing = this.#settings.missingOf(this.key);
    const from = before === undefined || this.isWhole ? source.from?.toISOString() : before.from;
    const state: QueryState = {
      until: new Date(untilMs).toISOString(),
      listedAt: this.isWhole || before === undefined ? new Date(now()).toISOString() : before.listedAt,
      manifestBytes: manifest.bytes,
      ...(from !== undefined && { from }),
      ...(missing.length > 0 && { missing: setKey(missing) }),
    };
    await manifest.alone(signal, () => writeState(this.#settings.directory, this.#stateKey, state));
  }
}

interface Keys {
  readonly key: string;
  readonly stateKey: string;
}

/** Whether what an earlier run has left can be relied on. */
function isGood(
  state: QueryState | undefined,
  source: MirrorSource,
  { manifestBytes, missingOf }: SourceSettings,
  key: string,
): state is QueryState {
  if (state === undefined || source.overlapMs === undefined || manifestBytes < state.manifestBytes) return false;
  const ageMs = now() - Date.parse(state.listedAt);
  if (ageMs < 0 || ageMs > WHOLE_EVERY_MS) return false;
  const missing = missingOf(key);
  if (missing.length > 0 && setKey(missing) !== state.missing) return false;
  if (state.from === undefined) return true;
  const fromMs = source.from?.getTime() ?? -Infinity;
  return Date.parse(state.from) <= fromMs && fromMs <= Date.parse(state.until);
}
