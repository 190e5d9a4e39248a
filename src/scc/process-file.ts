import type { Delivery } from '../core/operation/delivery.js';
import { durationsOf } from '../core/polling/poll.js';
import type { DownloadedFile } from '../types.js';
import type { SccConnection } from './connection.js';
import { prepareUpload } from './prepare-upload.js';
import { downloadProducts } from './products.js';
import { finishedProducts } from './progress.js';
import type { Measurement, ProcessedFile, ProcessOptions, SccProduct } from './types.js';
import { upload } from './upload.js';
import { processingFailed, watchProcessing } from './waiting.js';
import { measurementNotFound } from './api.js';
import { toPath } from '../core/files/paths.js';

/** Upload, wait, download: the main job in one call. */
export async function processFile(
  connection: SccConnection,
  file: string | URL,
  systemId: number | string,
  directory: string | URL,
  options: ProcessOptions,
  delivery: Delivery,
): Promise<ProcessedFile> {
  const operation = 'scc.processFile';
  connection.transport.lifetime.assertOpen(operation);
  const folder = toPath(directory, `${operation}: directory`);
  const { onProgress: _progress, ...uploading } = options;
  // Hours before they are needed: a bad option must not be told after the upload.
  durationsOf(options, operation);
  const prepared = await prepareUpload(file, systemId, uploading, connection.transport.log, operation);
  const wanted = { ...options, onFailure: 'throw' as const };
  const downloads = downloadProducts(connection, prepared.measurementId, folder, wanted, operation);
  await upload(connection, prepared, uploading, operation, delivery);
  let measurement: Measurement | undefined;
  for await (const state of watchProcessing(connection, prepared.measurementId, options, operation))
    measurement = state;
  if (measurement === undefined) throw measurementNotFound(connection, prepared.measurementId, operation);
  if (finishedProducts(measurement).length === 0) throw processingFailed(connection, measurement, operation);
  const files: DownloadedFile<SccProduct>[] = [];
  for await (const one of downloads) {
    if (one.status !== 'failed') files.push(one);
  }
  return { measurement, files };
}
