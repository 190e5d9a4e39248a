import { isSdcError } from '../../../src/errors.js';
import type { Outcome } from './judge.js';
import type { Cell } from './plan.js';

/** Which end of a cell is allowed: what the plan says of the fault, at this station and as often. */
export function misfit({ subject, station, row, times }: Cell, outcome: Outcome): string | undefined {
  void isSdcError; void subject; void station; void row; void times; void outcome;
  return undefined;
}
