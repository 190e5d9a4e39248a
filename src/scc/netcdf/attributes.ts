import { readRange } from '../../core/files/read-range.js';
import { statFile } from '../../core/files/stat-file.js';
import type { Arguments } from '../../core/operation/arguments.js';
import { lazy } from '../../core/util/lazy.js';
import type { File } from './h5wasm.js';
import { readClassicAttributes } from './classic-header.js';

/** Global attributes that are texts or single numbers, as texts. */
export type NetcdfAttributes = ReadonlyMap<string, string>;

/** What a file is, by its first bytes: netCDF classic (CDF 1, 2, 5), netCDF 4 (HDF5), or neither. */
export function netcdfKind(first: Uint8Array): 'classic' | 'hdf5' | undefined {
  const [a, b, c, d] = first;
  if (a === 0x89 && b === 0x48 && c === 0x44 && d === 0x46) return 'hdf5';
  if (a !== 0x43 || b !== 0x44 || c !== 0x46) return undefined;
  return d === 1 || d === 2 || d === 5 ? 'classic' : undefined;
}

/**
 * Reads the global attributes of a netCDF file, classic or netCDF 4, whatever its size: only the parts that hold them are read. The
 * library for netCDF 4 is loaded here only.
 *
 * @throws `TypeError` when the file is not readable netCDF; {@link NetworkError} when the library could not be loaded.
 */
export async function readNetcdfAttributes(args: Arguments, path: string, label: string): Promise<NetcdfAttributes> {
  const { bytes } = await statFile(path, label, args);
  const first = await readRange(path, 0, 8);
  const kind = netcdfKind(first);
  if (kind === 'hdf5') await hdf5Library(args.init);
  try {
    if (kind === 'hdf5') return await readHdf5(path);
    if (kind === 'classic') return texts(await readClassicAttributes(path, bytes));
  } catch (error) {
    const words = error instanceof Error && error.message !== '' ? ` (${error.message.slice(0, 120)})` : '';
    throw args.invalid(`${label} is damaged: its netCDF attributes cannot be read${words}: ${path}`, {
      cause: error,
    });
  }
  throw args.invalid(`${label} is not a netCDF file: ${path}`);
}

const hdf5Library = lazy(() => import('#h5wasm'));

async function readHdf5(path: string): Promise<NetcdfAttributes> {
  const { File, ready } = await hdf5Library();
  (await ready).activate_throwing_error_handler();
  const file = new File(path, 'r');
  try {
    return texts(Object.keys(file.attrs).map((name): [string, unknown] => [name, valueOf(file, name)]));
  } finally {
    file.close();
  }
}

/** One attribute; `undefined` where the library does not know its type. */
function valueOf(file: File, name: string): unknown {
  try {
    return file.attrs[name]?.value;
  } catch {
    return undefined;
  }
}

function texts(entries: Iterable<readonly [string, unknown]>): NetcdfAttributes {
  const found = new Map<string, string>();
  for (const [name, value] of entries) {
    const single: unknown = Array.isArray(value) || ArrayBuffer.isView(value) ? Reflect.get(value, 0) : value;
    if (typeof single === 'string') found.set(name, single.replace(/\0+$/u, '').trim());
    else if (typeof single === 'number' || typeof single === 'bigint') found.set(name, String(single));
  }
  return found;
}
