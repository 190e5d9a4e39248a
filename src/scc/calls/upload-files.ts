import { isSdcError } from '../../errors.js';
import type { Arguments } from '../../core/operation/arguments.js';
import { checkArguments } from '../../core/operation/fields.js';
import { listFiles } from '../../core/files/directory.js';
import { toPath } from '../../core/files/paths.js';
import { isFile } from '../../core/files/stat-file.js';
import { isUrl } from '../../core/util/realms.js';
import { UPLOAD_ITEM } from '../arguments.js';
import type { SccOperation } from '../context.js';
import { isRawFile } from '../names/raw-file.js';
import { prepareNamed } from '../transfer/prepare-named.js';
import { uploadMeasurement } from '../transfer/upload-measurement.js';
import type {
  FailedUpload,
  UploadedFile,
  UploadFilesOptions,
  UploadItem,
  UploadOptions,
  UploadSource,
} from '../types.js';

/** Uploads many files, one after the other, with one result per file; a bad file does not end the run. */
export async function* uploadFiles(
  op: SccOperation,
  files: UploadSource,
  options: UploadFilesOptions,
): AsyncGenerator<UploadedFile | FailedUpload, void, undefined> {
  op.assertOpen();
  const items =
    typeof files === 'string' ? await pathItems(op.arguments, files, options.skipCalibration ?? false) : [...files];
  for (const given of items) checkArguments(op.arguments, UPLOAD_ITEM, { file: given });
  for (const given of items) {
    options.signal?.throwIfAborted();
    const item = typeof given === 'string' || isUrl(given) ? { file: given } : given;
    yield await uploadItem(op, item, options);
  }
}

async function uploadItem(
  op: SccOperation,
  item: UploadItem,
  options: UploadFilesOptions,
): Promise<UploadedFile | FailedUpload> {
  const { file, systemId: ownSystem, ...own } = item;
  const { systemId: commonSystem, skipCalibration: _skip, ...common } = options;
  const args = op.arguments;
  const name = String(file);
  try {
    const merged: UploadOptions = { ...common, ...own };
    const path = toPath(file, args.label('file'));
    const uploaded = await op.changing(async (delivery) => {
      const { prepared, options: complete } = await prepareNamed(
        op,
        path,
        { given: ownSystem ?? commonSystem },
        merged,
      );
      return uploadMeasurement(op, prepared, complete, delivery);
    });
    return { status: 'uploaded', file: path, ...uploaded };
  } catch (error) {
    options.signal?.throwIfAborted();
    op.assertOpen();
    // Every further file would try the same login, until the account is locked.
    if (isSdcError(error, 'credentials')) throw error;
    return {
      status: 'failed',
      file: name,
      error: error instanceof Error ? error : args.invalid('failed'),
    };
  }
}

/** A single file, or the measurements of a folder in order of name: no radiosonde, overlap or lidar ratio files. */
async function pathItems(args: Arguments, given: string, skipCalibration: boolean): Promise<UploadItem[]> {
  const path = toPath(given, args.label('files'));
  if (await isFile(path)) return [{ file: path }];
  const files = await listFiles(path, 'the folder', args);
  return files.filter((file) => isRawFile(file, skipCalibration)).map((file) => ({ file }));
}
