import type { SimClock } from '../kit/types.js';
import { buildMeasurement } from './build.js';
import type { SimMessage } from './messages.js';
import type { SimAncillary, SimLidarConstant, SimMeasurement, SimMeasurementInput } from './model.js';
import type {
  DownloadMode,
  RowDefect,
  SccSimulatorOptions,
  SimPermissions,
  SimSccCredentials,
  UploadOutcome,
} from './options.js';
import { PROFILES, type SccProfile } from './profiles.js';
import { sampleAncillaries, sampleConstants, sampleMeasurements } from './sample.js';
import { beginRun, settle, stagesOf, type Pace, type RunScope } from './timeline.js';
import { randomText } from './tokens.js';

/** A login that is open. */
export interface SimSession {
  readonly id: string;
  /** Requests that it has served. */
  served: number;
  /** Messages that the cookie had no room for, or that were left by {@link SccWorld.broadcast}. */
  messages: SimMessage[];
}

/** Everything that the simulated SCC knows. */
export class SccWorld {
  readonly options: SccSimulatorOptions;
  readonly credentials: SimSccCredentials;
  readonly profile: SccProfile;
  readonly clock: SimClock;
  readonly measurements = new Map<string, SimMeasurement>();
  readonly sessions = new Map<string, SimSession>();
  readonly downloads = new Map<string, DownloadMode>();
  readonly defects = new Map<string, RowDefect>();
  ancillaries: SimAncillary[] = [];
  constants: SimLidarConstant[] = [];
  uploads: UploadOutcome[] = [];
  permissions: Required<SimPermissions> = ALL_ALLOWED;
  private readonly pace: Pace;
  private runs = 0;

  constructor(options: SccSimulatorOptions, credentials: SimSccCredentials, clock: SimClock) {
    this.options = options;
    this.credentials = credentials;
    this.clock = clock;
    this.profile = PROFILES[options.profile ?? '5.2'];
    const { acceptMs = 2000, queueMs = 5000, moduleMs = 5000 } = options.processing ?? {};
    this.pace = { acceptMs, queueMs, moduleMs };
    this.reset();
  }

  reset(): void {
    const { data = {}, malformedRows = {}, downloads = {}, uploads = [], permissions } = this.options;
    const sample = data.replace === true ? [] : sampleMeasurements(this.clock.now());
    this.measurements.clear();
    for (const measurement of sample) this.measurements.set(measurement.id, measurement);
    for (const input of data.measurements ?? []) this.measurements.set(input.id, buildMeasurement(input));
    this.constants = [...sampleConstants(sample), ...(data.lidarConstants ?? [])];
    this.ancillaries = [...(data.replace === true ? [] : sampleAncillaries()), ...(data.ancillaries ?? [])].map(
      (ancillary, index) => ({ ...ancillary, id: index + 1 }),
    );
    this.sessions.clear();
    this.uploads = [...uploads];
    this.permissions = { ...ALL_ALLOWED, ...permissions };
    refill(this.downloads, downloads);
    refill(this.defects, malformedRows);
  }

  /** A measurement as it is now. */
  find(id: string): SimMeasurement | undefined {
    const measurement = this.measurements.get(id);
    if (measurement !== undefined) settle(measurement, this.clock.now(), this.pace);
    return measurement;
  }

  /** All measurements as they are now, in order of their ids. */
  all(): SimMeasurement[] {
    const ids = [...this.measurements.keys()].sort();
    return ids.flatMap((id) => this.find(id) ?? []);
  }

  add(input: SimMeasurementInput): void {
    this.measurements.set(input.id, buildMeasurement(input));
  }

  /** Starts the chain, or a part of it. */
  start(
    measurement: SimMeasurement,
    scope: RunScope,
    when: { delayHours?: number; waitsFor?: readonly string[] } = {},
  ): void {
    const now = this.clock.now();
    const { outcomes } = this.options.processing ?? {};
    this.runs += 1;
    beginRun(measurement, {
      number: this.runs,
      since: now,
      notBefore: now + (when.delayHours ?? 0) * 3_600_000,
      waitsFor: when.waitsFor ?? [],
      stages: stagesOf(scope, measurement.isCalibration),
      outcomes: typeof outcomes === 'function' ? outcomes(measurement.id) : (outcomes ?? {}),
    });
  }

  /** Notes an ancillary file; the measurements that waited for it start. */
  addAncillary(kind: SimAncillary['kind'], filename: string, status: string): void {
    const known = this.ancillaries.find((file) => file.kind === kind && file.filename === filename);
    if (known === undefined) this.ancillaries.push({ id: this.ancillaries.length + 1, kind, filename, status });
    else if (status !== 'missing') known.status = status;
    if (status === 'missing') return;
    for (const measurement of this.measurements.values()) {
      const { run } = measurement;
      if (run?.waitsFor.includes(filename) !== true) continue;
      const waitsFor = run.waitsFor.filter((name) => name !== filename);
      measurement.run = { ...run, waitsFor, since: this.clock.now() };
    }
  }

  login(): SimSession {
    const session: SimSession = { id: randomText(32).toLowerCase(), served: 0, messages: [] };
    this.sessions.set(session.id, session);
    return session;
  }

  /** The session of a cookie, if it is still open; counts the request. */
  useSession(id: string | undefined): SimSession | undefined {
    const session = id === undefined ? undefined : this.sessions.get(id);
    if (session === undefined) return undefined;
    const limit = this.options.sessionExpiresAfter;
    if (limit !== undefined && session.served >= limit) {
      this.sessions.delete(session.id);
      return undefined;
    }
    session.served += 1;
    return session;
  }

  /** Leaves a message for every open session. */
  broadcast(message: SimMessage): void {
    for (const session of this.sessions.values()) session.messages.push(message);
  }
}

const ALL_ALLOWED: Required<SimPermissions> = {
  staff: true,
  viewMeasurements: true,
  changeMeasurements: true,
  deleteMeasurements: true,
  viewLidarConstants: true,
  upload: true,
};

function refill<T>(map: Map<string, T>, entries: Readonly<Record<string, T>>): void {
  map.clear();
  for (const [key, value] of Object.entries(entries)) map.set(key, value);
}
