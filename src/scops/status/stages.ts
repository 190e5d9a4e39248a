import { STAGES } from '../centre.js';
import type { ScopsStage } from '../types.js';

/** What a stage text says. */
export interface StageReading {
  readonly stage: ScopsStage;
  /** The text itself speaks of an error. */
  readonly error: boolean;
  /** Percent at the beginning and at the end of the stage. */
  readonly from: number;
  readonly to: number;
}

/** Reads a stage text of either status mode, in any case. */
export function readStage(text: string): StageReading {
  const written = text.trim().toLowerCase().replace(/\s+/gu, ' ');
  const error = written.startsWith('error');
  const word = error ? written.replace(/^error\s*[-:]?\s*/u, '') : written;
  const known = STAGES.find(({ words }) => words.some((one) => one === word));
  return { ...(known ?? { stage: 'unknown', from: 0, to: 100 }), error };
}

/** The place of a stage in the chain; -1 for an unknown one. */
export function stageRank(stage: ScopsStage): number {
  return STAGES.findIndex((one) => one.stage === stage);
}
