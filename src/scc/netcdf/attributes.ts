import { readRange } from '../../core/files/read-range.js';
import { statFile } from '../../core/files/stat-file.js';

/** Global attributes that are texts or single numbers, as texts. */
export type NetcdfAttributes = ReadonlyMap<string, string>;

const FIRST_BYTES = 1024 * 1024;
const MAX_HEADER_BYTES = 64 * 1024 * 1024;

/** What a file is, by its first bytes: netCDF classic (CDF 1, 2, 5), netCDF 4 (HDF5), or neither. */
export function netcdfKind(first: Uint8Array): 'classic' | 'classic-5' | 'hdf5' | undefined {
  const [a, b, c, d] = first;
  if (a === 0x89 && b === 0x48 && c === 0x44 && d === 0x46) return 'hdf5';
  if (a !== 0x43 || b !== 0x44 || c !== 0x46) return undefined;
  return d === 1 || d === 2 ? 'classic' : d === 5 ? 'classic-5' : undefined;
}

/**
 * Reads the global attributes of a netCDF file, classic or netCDF 4. The libraries for it are loaded here only.
 *
 * @throws `TypeError` when the file is no readable netCDF.
 */
export async function readNetcdfAttributes(path: string, label: string, operation: string): Promise<NetcdfAttributes> {
  const { bytes } = await statFile(path, label, operation);
  const first = await readRange(path, 0, 8);
  const kind = netcdfKind(first);
  try {
    if (kind === 'hdf5') return await readHdf5(path);
    if (kind === 'classic') return await readClassic(path, bytes);
  } catch (error) {
    const words = error instanceof Error && error.message !== '' ? ` (${error.message.slice(0, 120)})` : '';
    throw new TypeError(`${operation}: ${label} is damaged: its netCDF attributes cannot be read${words}: ${path}`, {
      cause: error,
    });
  }
  if (kind === 'classic-5')
    throw new TypeError(
      `${operation}: ${label} is netCDF CDF-5, whose attributes cannot be read here; give measurementId: ${path}`,
    );
  throw new TypeError(`${operation}: ${label} is not a netCDF file: ${path}`);
}

/** Whether a file is netCDF of the one kind whose attributes cannot be read here. */
export async function hasUnreadableAttributes(path: string, label: string, operation: string): Promise<boolean> {
  await statFile(path, label, operation);
  return netcdfKind(await readRange(path, 0, 8)) === 'classic-5';
}

async function readHdf5(path: string): Promise<NetcdfAttributes> {
  const { File, ready } = await import('#h5wasm');
  (await ready).activate_throwing_error_handler();
  const file = new File(path, 'r');
  try {
    return texts(Object.keys(file.attrs).map((name): [string, unknown] => [name, file.attrs[name]?.value]));
  } finally {
    file.close();
  }
}

/** The header stands at the start; more of the file is read only when the header is longer. */
async function readClassic(path: string, bytes: number): Promise<NetcdfAttributes> {
  const { NetCDFReader } = await import('netcdfjs');
  for (let length = FIRST_BYTES; ; length *= 8) {
    const header = await readRange(path, 0, Math.min(length, bytes));
    try {
      return texts(
        new NetCDFReader(header).globalAttributes.map(({ name, value }): [string, unknown] => [name, value]),
      );
    } catch (error) {
      if (length >= bytes || length >= MAX_HEADER_BYTES) throw error;
    }
  }
}

function texts(entries: Iterable<[string, unknown]>): NetcdfAttributes {
  const found = new Map<string, string>();
  for (const [name, value] of entries) {
    const single: unknown = Array.isArray(value) || ArrayBuffer.isView(value) ? Reflect.get(value, 0) : value;
    if (typeof single === 'string') found.set(name, single.replace(/\0+$/u, '').trim());
    else if (typeof single === 'number' || typeof single === 'bigint') found.set(name, String(single));
  }
  return found;
}
