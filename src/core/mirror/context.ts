import type { MirrorOptions, MirrorSummary } from '../../types.js';
import type { Operation } from '../operation/operation.js';
import type { Difference } from './disk.js';
import type { PathFilter } from './globs.js';
import type { Manifest } from './manifest.js';
import type { MirrorPlan } from './plan.js';
import type { SourceRun } from './source-run.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What the parts of one run share. */
export interface Run {
  readonly op: Operation;
  readonly plan: MirrorPlan;
  readonly options: MirrorOptions;
  readonly manifest: Manifest;
  readonly counts: Mutable<Omit<MirrorSummary, 'seconds'>>;
  /** Which files are not as their line says. */
  readonly bad: ReadonlyMap<string, Difference>;
  readonly filter: PathFilter;
  /** What was listed so far. */
  readonly seen: Set<string>;
  /** Paths that are not asked for, because the centre lists them but does not offer them. */
  readonly notOffered: string[];
  readonly sources: readonly SourceRun[];
}
