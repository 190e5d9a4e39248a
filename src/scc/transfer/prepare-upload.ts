import { readRange } from '../../core/files/read-range.js';
import { baseName, toPath } from '../../core/files/paths.js';
import { statFile } from '../../core/files/stat-file.js';
import type { Arguments } from '../../core/operation/arguments.js';
import type { Operation } from '../../core/operation/operation.js';
import { ANCILLARIES, ANCILLARY_TYPES, ATTRIBUTES } from '../centre.js';
import { isUsualMeasurementId, requireMeasurementId, requireSystemId } from '../names/ids.js';
import { netcdfKind, readNetcdfAttributes, type NetcdfAttributes } from '../netcdf/attributes.js';
import type { AncillaryType, UploadOptions } from '../types.js';

/** An upload whose every input was checked before any request. */
export interface PreparedUpload {
  readonly file: string;
  readonly systemId: number;
  readonly measurementId: string;
  readonly ancillaries: readonly { readonly path: string; readonly type: AncillaryType }[];
}

export async function prepareUpload(
  op: Operation,
  file: string | URL,
  systemId: number | string,
  options: UploadOptions,
): Promise<PreparedUpload> {
  const args = op.arguments;
  const path = toPath(file, args.label('file'));
  const system = requireSystemId(args, systemId);
  await requireFilled(args, path, 'the file');
  const ancillaries = await checkAncillaries(args, options);
  const attributes =
    options.measurementId === undefined ? await readNetcdfAttributes(args, path, 'the file') : undefined;
  if (attributes === undefined) await requireNetcdf(args, path, 'the file');
  const measurementId = requireMeasurementId(args, options.measurementId ?? idOf(args, attributes, path));
  if (!isUsualMeasurementId(measurementId))
    op.warn(`${measurementId} is an unusual measurement id; the SCC recommends YYYYMMDDsssHHMM`);
  for (const { path: ancillary, type } of ancillaries) warnUnattached(op, attributes, ancillary, type);
  return { file: path, systemId: system, measurementId, ancillaries };
}

function idOf(args: Arguments, attributes: NetcdfAttributes | undefined, path: string): string {
  const id = attributes?.get(ATTRIBUTES.measurementId);
  if (id === undefined || id === '')
    throw args.invalid(`the file has no attribute ${ATTRIBUTES.measurementId}; add it, or give measurementId: ${path}`);
  return id;
}

async function checkAncillaries(
  args: Arguments,
  options: UploadOptions,
): Promise<{ path: string; type: AncillaryType }[]> {
  const checked: { path: string; type: AncillaryType }[] = [];
  for (const type of ANCILLARY_TYPES) {
    const { option } = ANCILLARIES[type];
    const file = options[option];
    if (file === undefined) continue;
    const path = toPath(file, args.label(option));
    await requireFilled(args, path, option);
    await requireNetcdf(args, path, option);
    checked.push({ path, type });
  }
  return checked;
}

async function requireFilled(args: Arguments, path: string, label: string): Promise<void> {
  const { bytes } = await statFile(path, label, args);
  if (bytes === 0) throw args.invalid(`${label} is empty: ${path}`);
}

async function requireNetcdf(args: Arguments, path: string, label: string): Promise<void> {
  const first = await readRange(path, 0, 8).catch(() => {
    throw args.invalid(`${label} cannot be read: ${path}`);
  });
  if (netcdfKind(first) === undefined) throw args.invalid(`${label} is not a netCDF file: ${path}`);
}

/** The SCC attaches an ancillary file only when the measurement names it. */
function warnUnattached(
  op: Operation,
  attributes: NetcdfAttributes | undefined,
  path: string,
  type: AncillaryType,
): void {
  const { attribute } = ANCILLARIES[type];
  const named = attributes?.get(attribute);
  if (attributes === undefined || named === baseName(path)) return;
  op.warn(`the measurement’s ${attribute} is ${named ?? 'not set'}, so the SCC will not attach ${baseName(path)}`);
}
