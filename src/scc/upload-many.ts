import { isSdcError } from '../errors.js';
import { checkArguments } from '../core/operation/declared.js';
import { listFiles } from '../core/files/directory.js';
import { baseName, toPath } from '../core/files/paths.js';
import { isFile } from '../core/files/stat-file.js';
import { withDelivery } from '../core/operation/delivery.js';
import { isUrl } from '../core/util/realms.js';
import { UPLOAD_ITEM } from './arguments.js';
import type { SccConnection } from './connection.js';
import { findNamed } from './named-ancillaries.js';
import { readNetcdfAttributes } from './netcdf/attributes.js';
import { prepareUpload } from './prepare-upload.js';
import type {
  FailedUpload,
  UploadedFile,
  UploadFilesOptions,
  UploadItem,
  UploadOptions,
  UploadSource,
} from './types.js';
import { upload } from './upload.js';

const OPERATION = 'scc.uploadFiles';
const SYSTEM_ATTRIBUTE = 'X_PollyXTPipelines_Configuration_ID';

/** Uploads many files, one after the other, with one result a file; a bad file does not end the run. */
export async function* uploadFiles(
  connection: SccConnection,
  files: UploadSource,
  options: UploadFilesOptions,
): AsyncGenerator<UploadedFile | FailedUpload, void, undefined> {
  connection.transport.lifetime.assertOpen(OPERATION);
  const items = typeof files === 'string' ? await pathItems(files, options.skipCalibration ?? false) : files;
  for (const given of items) {
    options.signal?.throwIfAborted();
    checkArguments(OPERATION, UPLOAD_ITEM, { file: given });
    const item = typeof given === 'string' || isUrl(given) ? { file: given } : given;
    yield await uploadItem(connection, item, options);
  }
}

async function uploadItem(
  connection: SccConnection,
  item: UploadItem,
  options: UploadFilesOptions,
): Promise<UploadedFile | FailedUpload> {
  const { file, systemId: ownSystem, ...own } = item;
  const { systemId: commonSystem, skipCalibration: _skip, ...common } = options;
  const name = String(file);
  try {
    const merged: UploadOptions = { ...common, ...own };
    const path = toPath(file, `${OPERATION}: file`);
    const attributes = await readNetcdfAttributes(path, 'the file', OPERATION);
    const systemId = ownSystem ?? commonSystem ?? attributes.get(SYSTEM_ATTRIBUTE);
    if (systemId === undefined)
      throw new TypeError(`${OPERATION}: no system id: give systemId, or set ${SYSTEM_ATTRIBUTE} in ${path}`);
    const uploaded = await withDelivery(options.signal, async (delivery) => {
      const complete = { ...merged, ...(await findNamed(connection, path, attributes, merged)) };
      const prepared = await prepareUpload(path, systemId, complete, connection.transport.log, OPERATION);
      return upload(connection, prepared, complete, OPERATION, delivery);
    });
    return { status: 'uploaded', file: path, ...uploaded };
  } catch (error) {
    options.signal?.throwIfAborted();
    connection.transport.lifetime.assertOpen(OPERATION);
    // Every further file would try the same login, until the account is locked.
    if (isSdcError(error, 'credentials')) throw error;
    return {
      status: 'failed',
      file: name,
      error: error instanceof Error ? error : new TypeError(`${OPERATION}: failed`),
    };
  }
}

/** A single file, or the measurements of a folder in order of name: no radiosonde, overlap or lidar ratio files. */
async function pathItems(given: string, skipCalibration: boolean): Promise<UploadItem[]> {
  const path = toPath(given, `${OPERATION}: files`);
  if (await isFile(path)) return [{ file: path }];
  const files = await listFiles(path, 'the folder', OPERATION);
  return files
    .filter((file) => {
      const name = baseName(file);
      return (
        /\.nc$/iu.test(name) && !/^(?:rs|ov|lr)_/u.test(name) && !(skipCalibration && name.startsWith('calibration_'))
      );
    })
    .map((file) => ({ file }));
}
