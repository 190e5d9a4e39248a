import { toPath } from '../../core/files/paths.js';
import { durationsOf } from '../../core/polling/poll.js';
import type { DownloadedFile } from '../../types.js';
import type { SccOperation } from '../context.js';
import { measurementNotFound } from '../errors.js';
import { processingFailed, finishedProducts } from '../processing/state.js';
import { prepareUpload } from '../transfer/prepare-upload.js';
import { uploadMeasurement } from '../transfer/upload-measurement.js';
import type { Measurement, ProcessedFile, ProcessOptions, SccProduct } from '../types.js';
import { downloadProducts } from './download-products.js';
import { watchProcessing } from './watch-processing.js';

/** Upload, wait, download: the main job in one call. */
export async function processFile(
  op: SccOperation,
  file: string | URL,
  systemId: number | string,
  directory: string | URL,
  options: ProcessOptions,
): Promise<ProcessedFile> {
  return op.changing(async (delivery) => {
    op.assertOpen();
    const folder = toPath(directory, op.arguments.label('directory'));
    const { onProgress: _progress, ...uploading } = options;
    // Hours before they are needed: a bad option must not be reported after the upload.
    durationsOf(options, op.arguments);
    const prepared = await prepareUpload(op, file, systemId, uploading);
    const wanted = { ...options, onFailure: 'throw' as const };
    const downloads = downloadProducts(op, prepared.measurementId, folder, wanted);
    await uploadMeasurement(op, prepared, uploading, delivery);
    let measurement: Measurement | undefined;
    for await (const state of watchProcessing(op, prepared.measurementId, options)) measurement = state;
    if (measurement === undefined) throw measurementNotFound(op, prepared.measurementId);
    if (finishedProducts(measurement).length === 0) throw processingFailed(op, measurement);
    const files: DownloadedFile<SccProduct>[] = [];
    for await (const one of downloads) {
      if (one.status !== 'failed') files.push(one);
    }
    return { measurement, files };
  });
}
