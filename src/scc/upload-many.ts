import { isSdcError } from '../errors.js';
import { checkArguments } from '../core/operation/arguments.js';
import { listFiles } from '../core/files/directory.js';
import { baseName, besides, toPath } from '../core/files/paths.js';
import { exists, isFile } from '../core/files/stat-file.js';
import { withDelivery } from '../core/operation/delivery.js';
import { getAncillary } from './api.js';
import { UPLOAD_ITEM } from './arguments.js';
import type { SccConnection } from './connection.js';
import { hasUnreadableAttributes, readNetcdfAttributes, type NetcdfAttributes } from './netcdf/attributes.js';
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
    const item = typeof given === 'string' || given instanceof URL ? { file: given } : given;
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
    const attributes = await attributesOf(connection, path, merged);
    const systemId = ownSystem ?? commonSystem ?? attributes.get(SYSTEM_ATTRIBUTE);
    if (systemId === undefined)
      throw new TypeError(`${OPERATION}: no system id: give systemId, or set ${SYSTEM_ATTRIBUTE} in ${path}`);
    const sounding = merged.soundingFile ?? (await findSounding(connection, path, attributes, options));
    const complete = sounding === undefined ? merged : { ...merged, soundingFile: sounding };
    const prepared = await prepareUpload(path, systemId, complete, connection.transport.log, OPERATION);
    const uploaded = await withDelivery(options.signal, (delivery) =>
      upload(connection, prepared, complete, OPERATION, delivery),
    );
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

/** What the file says of itself; nothing where it cannot be read here, but the caller names the measurement. */
async function attributesOf(
  connection: SccConnection,
  path: string,
  { measurementId, soundingFile }: UploadOptions,
): Promise<NetcdfAttributes> {
  if (measurementId !== undefined && (await hasUnreadableAttributes(path, 'the file', OPERATION))) {
    if (soundingFile === undefined)
      connection.transport.log.warn(
        `${OPERATION}: ${baseName(path)} is CDF-5, so the radiosonde that it names is not looked for; give soundingFile`,
      );
    return new Map();
  }
  return readNetcdfAttributes(path, 'the file', OPERATION);
}

/** The radiosonde that the measurement names, from the same folder; or nothing, where the SCC holds it. */
async function findSounding(
  connection: SccConnection,
  path: string,
  attributes: NetcdfAttributes,
  options: UploadFilesOptions,
): Promise<string | undefined> {
  const named = attributes.get('Sounding_File_Name');
  if (named === undefined || named === '') return undefined;
  if (/[/\\]/u.test(named))
    throw new TypeError(
      `${OPERATION}: Sounding_File_Name must be a name without folders, got ${JSON.stringify(named.slice(0, 80))}`,
    );
  const local = besides(path, named);
  if (await exists(local)) return local;
  const { signal } = options;
  const held = await getAncillary(connection, named, 'sounding', { ...(signal && { signal }) }, OPERATION);
  if (held?.exists === true) return undefined;
  throw new TypeError(
    `${OPERATION}: the radiosonde ${named} is neither beside the file nor on the SCC, which would wait for it; put it there: ${path}`,
  );
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
