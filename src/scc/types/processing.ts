import type { DownloadedFile, WaitOptions } from '../../types.js';
import type { ProductOptions } from './download.js';
import type { Measurement, SccProduct } from './measurement.js';
import type { UploadOptions } from './upload.js';

/** Options of {@link SCC.processFile}. */
export type ProcessOptions = Omit<UploadOptions, 'onProgress'> & WaitOptions<Measurement> & ProductOptions;

/** Result of {@link SCC.processFile}. */
export interface ProcessedFile {
  /** Its last state. */
  readonly measurement: Measurement;
  /** What was downloaded. */
  readonly files: DownloadedFile<SccProduct>[];
}

/** The step from which the chain is to run again. */
export type RerunStep = 'all' | 'elpp' | 'optical';
