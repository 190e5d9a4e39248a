import type { DoctorPoint } from '../../types.js';

/** What one look at a centre found. */
export type Finding = Pick<DoctorPoint, 'seen' | 'verdict' | 'error'>;

/** Something was seen that holds or not. */
export function saw(seen: string, holds: boolean): Finding {
  return { seen, verdict: holds ? 'holds' : 'differs' };
}

/** The question does not apply there. */
export function notAsked(why: string): Finding {
  return { seen: why, verdict: 'not-asked' };
}

/** Ends the look at one point; thrown by what several points have in common. */
export class PointEnded extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.seen);
    this.finding = finding;
  }
}

/** What is needed for a point is not there, so its question cannot be asked. */
export function requireForPoint<T>(value: T | undefined, why: string): T {
  if (value === undefined) throw new PointEnded(notAsked(why));
  return value;
}

/** The names among `wanted` that are missing; nothing missing holds. */
export function sawAll(wanted: readonly string[], has: (name: string) => boolean): Finding {
  const missing = wanted.filter((name) => !has(name));
  return missing.length === 0 ? saw('all of them', true) : saw(`missing: ${missing.join(', ')}`, false);
}
