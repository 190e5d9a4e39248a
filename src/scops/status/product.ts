import { defined } from '../../core/util/defined.js';
import type { ScopsProduct, ScopsProductState, ScopsStage } from '../types.js';
import { STAGES } from '../centre.js';

/** What either status mode, or the files of the processing host, report about a product. */
export interface ProductRecord {
  readonly name: string;
  readonly stage: string;
  readonly progress: number;
  readonly flag: boolean;
  readonly filesize?: number | undefined;
  readonly bytesize?: string | number | undefined;
  readonly zipsize?: number | undefined;
  readonly zipbyte?: string | number | undefined;
}

const MEBI = 1024 * 1024;

/**
 * Judges a product by its stage: the percentage goes stale and the flag can stick (pitfall 9), so a product whose stage is
 * `complete` is complete, whatever the others say.
 */
export function readProduct(record: ProductRecord): ScopsProduct {
  const reading = readStage(record.stage);
  const failed = reading.stage !== 'complete' && (reading.error || record.flag);
  const bytes = sizeOf(record.filesize, record.bytesize);
  const zipBytes = sizeOf(record.zipsize, record.zipbyte);
  return defined({
    name: record.name,
    state: stateOf(reading, failed),
    stage: reading.stage,
    stageText: record.stage,
    percent: percentOf(reading, record.progress),
    failed,
    approximateBytes: bytes,
    approximateZipBytes: zipBytes,
  });
}

function stateOf(reading: StageReading, failed: boolean): ScopsProductState {
  if (failed) return 'failed';
  switch (reading.stage) {
    case 'complete':
      return 'complete';
    case 'waiting':
    case 'not-processing':
      return 'queued';
    case 'unknown':
      return 'unknown';
    default:
      return 'running';
  }
}

/** Within the bounds of the stage; complete is 100 although the server may say 0, 57.5 or 95 then. */
function percentOf(reading: StageReading, progress: number): number {
  if (reading.stage === 'complete') return 100;
  const value = Number.isFinite(progress) ? progress : reading.from;
  return Math.min(Math.max(value, reading.from), reading.stage === 'unknown' ? 99 : Math.min(reading.to, 99));
}

/** A number with its unit; the unit may be the number 0 right after the start. */
function sizeOf(size: number | undefined, unit: string | number | undefined): number | undefined {
  if (size === undefined || !Number.isFinite(size) || size <= 0) return undefined;
  return Math.round(size * (String(unit).toUpperCase() === 'GB' ? 1024 * MEBI : MEBI));
}

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
