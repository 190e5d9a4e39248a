import type { ByteSource } from '../source/byte-source.js';
import type { DataFile } from '../types.js';
import type { Scan } from './scan.js';

/** What is behind an open file of packets. */
export interface ScannedFile extends Scan {
  readonly source: ByteSource;
}

const scanned = new WeakMap<DataFile, ScannedFile>();

export function remember(file: DataFile, found: ScannedFile): void {
  scanned.set(file, found);
}

/** @throws `TypeError` when it is not a file of packets that `openData` opened. */
export function scannedFile(file: DataFile): ScannedFile {
  const found = scanned.get(file);
  if (found === undefined) throw new TypeError('this is not an open CCSDS packet file');
  return found;
}
