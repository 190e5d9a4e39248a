import { readRange } from '../core/files/read-range.js';
import { baseName, toPath } from '../core/files/paths.js';
import { statFile } from '../core/files/stat-file.js';
import { requireInteger } from '../core/validate/arguments.js';
import type { SafeLogger } from '../core/log/logger.js';
import { isUsualMeasurementId, requireMeasurementId, requireSystemId } from './ids.js';
import { netcdfKind, readNetcdfAttributes, type NetcdfAttributes } from './netcdf/attributes.js';
import type { AncillaryType, UploadOptions } from './types.js';

/** An upload whose every input was checked before any request. */
export interface PreparedUpload {
  readonly file: string;
  readonly systemId: number;
  readonly measurementId: string;
  readonly ancillaries: readonly { readonly path: string; readonly type: AncillaryType }[];
}

/** Where a measurement names the files that accompany it. */
export const ATTRIBUTES: Readonly<Record<AncillaryType, string>> = {
  sounding: 'Sounding_File_Name',
  overlap: 'Overlap_File_Name',
  lidarratio: 'LR_File_Name',
};

/** Checks an upload locally. */
export async function prepareUpload(
  file: string | URL,
  systemId: number | string,
  options: UploadOptions,
  log: SafeLogger,
  operation: string,
): Promise<PreparedUpload> {
  const path = toPath(file, `${operation}: file`);
  const system = requireSystemId(systemId, operation);
  if (options.delayHours !== undefined)
    requireInteger(options.delayHours, 'delayHours', operation, { min: 0, max: 96 });
  await requireFilled(path, 'the file', operation);
  const ancillaries = await checkAncillaries(options, operation);
  const attributes =
    options.measurementId === undefined ? await readNetcdfAttributes(path, 'the file', operation) : undefined;
  if (attributes === undefined) await requireNetcdf(path, 'the file', operation);
  const measurementId = requireMeasurementId(options.measurementId ?? idOf(attributes, path, operation), operation);
  if (!isUsualMeasurementId(measurementId))
    log.warn(`${operation}: ${measurementId} is an unusual measurement id; the SCC recommends YYYYMMDDsssHHMM`);
  for (const { path: ancillary, type } of ancillaries) warnUnattached(attributes, ancillary, type, log, operation);
  return { file: path, systemId: system, measurementId, ancillaries };
}

function idOf(attributes: NetcdfAttributes | undefined, path: string, operation: string): string {
  const id = attributes?.get('Measurement_ID');
  if (id === undefined || id === '')
    throw new TypeError(
      `${operation}: the file has no attribute Measurement_ID; add it, or give measurementId: ${path}`,
    );
  return id;
}

async function checkAncillaries(
  options: UploadOptions,
  operation: string,
): Promise<{ path: string; type: AncillaryType }[]> {
  const given = [
    ['sounding', options.soundingFile, 'soundingFile'],
    ['overlap', options.overlapFile, 'overlapFile'],
    ['lidarratio', options.lidarRatioFile, 'lidarRatioFile'],
  ] as const;
  const checked: { path: string; type: AncillaryType }[] = [];
  for (const [type, file, label] of given) {
    if (file === undefined) continue;
    const path = toPath(file, `${operation}: ${label}`);
    await requireFilled(path, label, operation);
    await requireNetcdf(path, label, operation);
    checked.push({ path, type });
  }
  return checked;
}

async function requireFilled(path: string, label: string, operation: string): Promise<void> {
  const { bytes } = await statFile(path, label, operation);
  if (bytes === 0) throw new TypeError(`${operation}: ${label} is empty: ${path}`);
}

async function requireNetcdf(path: string, label: string, operation: string): Promise<void> {
  if (netcdfKind(await firstBytes(path, label, operation)) === undefined)
    throw new TypeError(`${operation}: ${label} is not a netCDF file: ${path}`);
}

async function firstBytes(path: string, label: string, operation: string): Promise<Uint8Array> {
  try {
    return await readRange(path, 0, 8);
  } catch {
    throw new TypeError(`${operation}: ${label} cannot be read: ${path}`);
  }
}

/** The SCC attaches an ancillary file only when the measurement names it. */
function warnUnattached(
  attributes: NetcdfAttributes | undefined,
  path: string,
  type: AncillaryType,
  log: SafeLogger,
  operation: string,
): void {
  const named = attributes?.get(ATTRIBUTES[type]);
  if (attributes === undefined || named === baseName(path)) return;
  log.warn(
    `${operation}: the measurement’s ${ATTRIBUTES[type]} is ${named ?? 'not set'}, so the SCC will not attach ${baseName(path)}`,
  );
}
