import { addressOf, type StoredDataset } from './objects.js';

/** A dimension of netCDF is a dimension scale of HDF5. */
export interface Dimension {
  readonly name: string;
  /** The current length; that of an unlimited one is the largest of its variables. */
  readonly length: number;
}

/** Dimensions of the variables of a file; `undefined` where the file names none. */
export type DimensionsOf = (dataset: StoredDataset) => readonly (Dimension | undefined)[];

const UNLIMITED = 2 ** 64;
const ONLY_DIMENSION = 'This is a netCDF dimension but not a netCDF variable';

const textAt = ({ attributes }: StoredDataset, name: string): unknown => attributes.get(name)?.values[0];

const isScale = (dataset: StoredDataset): boolean => textAt(dataset, 'CLASS') === 'DIMENSION_SCALE';

/** Whether it stands for a dimension that has no variable of its own. */
export function isOnlyDimension(dataset: StoredDataset): boolean {
  const name = textAt(dataset, 'NAME');
  return isScale(dataset) && typeof name === 'string' && name.startsWith(ONLY_DIMENSION);
}

/** The last name of a path; variables that share the name of a dimension but are not of it have a prefix in HDF5. */
export const nameOf = ({ path }: StoredDataset): string =>
  path.slice(path.lastIndexOf('/') + 1).replace(/^_nc4_non_coord_/u, '');

interface Scale {
  readonly name: string;
  readonly isUnlimited: boolean;
  length: number;
}

export function dimensionsOf(datasets: readonly StoredDataset[]): DimensionsOf {
  const scales = new Map<bigint, Scale>();
  const numbered = new Map<unknown, Scale>();
  for (const dataset of datasets.filter(isScale)) {
    const { shape, maxshape } = dataset.metadata;
    const isUnlimited = (maxshape?.[0] ?? 0) >= UNLIMITED;
    const scale = scales.get(dataset.address) ?? { name: nameOf(dataset), isUnlimited, length: shape?.[0] ?? 0 };
    scales.set(dataset.address, scale);
    const id = textAt(dataset, '_Netcdf4Dimid');
    if (id !== undefined) numbered.set(id, scale);
  }
  const found = new Map(datasets.map((dataset) => [dataset, scalesOf(dataset, scales, numbered)]));
  for (const [{ metadata }, own] of found)
    for (const [axis, scale] of own.entries())
      if (scale?.isUnlimited === true) scale.length = Math.max(scale.length, metadata.shape?.[axis] ?? 0);
  return (dataset) => found.get(dataset) ?? [];
}

function scalesOf(
  dataset: StoredDataset,
  scales: ReadonlyMap<bigint, Scale>,
  numbered: ReadonlyMap<unknown, Scale>,
): (Scale | undefined)[] {
  const { metadata, attributes, address } = dataset;
  const axes = metadata.shape ?? [0];
  const ids = attributes.get('_Netcdf4Coordinates')?.values ?? [];
  if (ids.length === axes.length && ids.every((id) => numbered.has(id))) return ids.map((id) => numbered.get(id));
  const lists = attributes.get('DIMENSION_LIST')?.values ?? [];
  return axes.map((_, axis) => {
    if (axis === 0 && scales.has(address)) return scales.get(address);
    const list = lists[axis];
    const first: unknown = Array.isArray(list) ? list[0] : undefined;
    return first instanceof Uint8Array && first.byteLength === 8 ? scales.get(addressOf(first)) : undefined;
  });
}
