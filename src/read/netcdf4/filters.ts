import type { Engine } from './engine.js';

/** Filters that HDF5 brings along: deflate, shuffle, fletcher32, nbit, scaleoffset. */
const BUILT_IN = new Set([1, 2, 3, 5, 6]);

/** From the list of registered filters of the HDF Group. */
const NAMES = new Map([
  [4, 'szip'],
  [305, 'LZO'],
  [307, 'bzip2'],
  [32000, 'LZF'],
  [32001, 'Blosc'],
  [32004, 'LZ4'],
  [32008, 'Bitshuffle'],
  [32013, 'ZFP'],
  [32015, 'Zstandard'],
  [32017, 'SZ'],
  [32026, 'Blosc2'],
  [32028, 'FCI'],
]);

/** The filter of a dataset that is missing here, by its name. */
export function missingFilter({ hdf5, file }: Engine, path: string): string | undefined {
  const missing = hdf5.get_dataset_filters(file, path).find(({ id }) => !BUILT_IN.has(id));
  if (missing === undefined) return undefined;
  const name = NAMES.get(missing.id) ?? (missing.name === '' ? 'an unknown one' : missing.name);
  return `it is compressed by the filter ${name} (number ${missing.id} of HDF5), which is not supported`;
}
