import type { HmiRecord } from '../types.js';
import { decodeRecord, Misfit, type DecodeContext } from './record.js';

/** The records of one answer. */
export interface DecodedList {
  /** As the service orders them. */
  readonly records: HmiRecord[];
  /** What could not be read, each with the record that it is about. */
  readonly warnings: string[];
}

/** Reads the rows of a list. One that cannot be read is a warning, and the others are there. */
export function decodeList(rows: readonly unknown[], reading: Pick<DecodeContext, 'series' | 'address'>): DecodedList {
  const records: HmiRecord[] = [];
  const warnings: string[] = [];
  const warn = (message: string): void => {
    warnings.push(message);
  };
  for (const [at, row] of rows.entries()) {
    try {
      records.push(decodeRecord(row, { ...reading, path: `$[${at}]`, warn }));
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      warn(`${error.message}; it is left out`);
    }
  }
  return { records, warnings };
}
