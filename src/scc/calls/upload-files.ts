import { isSdcError } from '../../errors.js';
import type { Arguments } from '../../core/operation/arguments.js';
import { checkArguments } from '../../core/operation/declared.js';
import { listFiles } from '../../core/files/directory.js';
import { baseName, toPath } from '../../core/files/paths.js';
import { isFile } from '../../core/files/stat-file.js';
import { isUrl } from '../../core/util/realms.js';
import { UPLOAD_ITEM } from '../arguments.js';
import { ATTRIBUTES } from '../centre.js';
import type { SccOperation } from '../context.js';
import { readNetcdfAttributes } from '../netcdf/attributes.js';
import { findNamed } from '../transfer/named-ancillaries.js';
import { prepareUpload } from '../transfer/prepare-upload.js';
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
    typeof files === 'string' ? await pathItems(op.arguments, files, options.skipCalibration ?? false) : files;
  for (const given of items) {
    options.signal?.throwIfAborted();
    checkArguments(op.name, UPLOAD_ITEM, { file: given });
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
    const attributes = await readNetcdfAttributes(args, path, 'the file');
    const systemId = ownSystem ?? commonSystem ?? attributes.get(ATTRIBUTES.systemId);
    if (systemId === undefined)
      throw args.invalid(`no system id: give systemId, or set ${ATTRIBUTES.systemId} in ${path}`);
    const uploaded = await op.changing(async (delivery) => {
      const complete = { ...merged, ...(await findNamed(op, path, attributes, merged)) };
      const prepared = await prepareUpload(op, path, systemId, complete);
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
  return files
    .filter((file) => {
      const name = baseName(file);
      return (
        /\.nc$/iu.test(name) && !/^(?:rs|ov|lr)_/u.test(name) && !(skipCalibration && name.startsWith('calibration_'))
      );
    })
    .map((file) => ({ file }));
}
