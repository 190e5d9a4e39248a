import type { ScopsStage } from '../types.js';

/** How far a product is when a stage begins, and how much of the whole the stage is, in percent. */
interface StageShare {
  readonly stage: ScopsStage;
  readonly base: number;
}

/** Raw texts of the back end and labels of the front end, lower case (protocol notes 9.2). */
const WORDS: Readonly<Record<string, StageShare>> = {
  waiting: { stage: 'waiting', base: 0 },
  'waiting to process': { stage: 'waiting', base: 0 },
  initialising: { stage: 'waiting', base: 0 },
  'not processing': { stage: 'not-processing', base: 0 },
  aplmask: { stage: 'masking', base: 0 },
  masking: { stage: 'masking', base: 0 },
  aplcorr: { stage: 'geocorrection', base: 15 },
  'geo-correction': { stage: 'geocorrection', base: 15 },
  apltran: { stage: 'translating', base: 30 },
  translating: { stage: 'translating', base: 30 },
  aplmap: { stage: 'mapping', base: 45 },
  mapping: { stage: 'mapping', base: 45 },
  'waiting to zip': { stage: 'zipping', base: 95 },
  zipping: { stage: 'zipping', base: 95 },
  complete: { stage: 'complete', base: 100 },
};

const ORDER: readonly ScopsStage[] = [
  'waiting',
  'masking',
  'geocorrection',
  'translating',
  'mapping',
  'zipping',
  'complete',
];
const ENDS: Readonly<Partial<Record<ScopsStage, number>>> = {
  waiting: 0,
  masking: 15,
  geocorrection: 30,
  translating: 45,
  mapping: 95,
  zipping: 100,
  complete: 100,
};

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
  const words = text.trim().toLowerCase().replace(/\s+/gu, ' ');
  const error = words.startsWith('error');
  const key = error ? words.replace(/^error\s*[-:]?\s*/u, '') : words;
  const known = WORDS[key];
  if (known !== undefined) return { stage: known.stage, error, from: known.base, to: ENDS[known.stage] ?? 0 };
  if (key === 'projection not identified') return { stage: 'waiting', error, from: 0, to: 0 };
  return { stage: 'unknown', error, from: 0, to: 100 };
}

/** The place of a stage in the chain; -1 for those outside it. */
export function stageRank(stage: ScopsStage): number {
  return ORDER.indexOf(stage);
}
