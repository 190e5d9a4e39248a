import type { SccOperation } from '../context.js';
import { prepareUpload } from '../transfer/prepare-upload.js';
import { uploadMeasurement } from '../transfer/upload-measurement.js';
import type { UploadOptions, UploadResult } from '../types.js';

export async function uploadFile(
  op: SccOperation,
  file: string | URL,
  systemId: number | string,
  options: UploadOptions,
): Promise<UploadResult> {
  op.assertOpen();
  const prepared = await prepareUpload(op, file, systemId, options);
  return op.changing((delivery) => uploadMeasurement(op, prepared, options, delivery));
}
