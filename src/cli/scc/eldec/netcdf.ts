import { readFile } from 'node:fs/promises';

/** A variable with its values one after another, the last dimension fastest. */
export interface Variable {
  readonly values: readonly number[];
  readonly shape: readonly number[];
}

/** What is read of a netCDF file. */
export interface Netcdf {
  variable(name: string): Variable | undefined;
  /** A global attribute as text. */
  attribute(name: string): string | undefined;
}

/** Reads a small netCDF file, classic or netCDF 4 (HDF5); the libraries are loaded here only. */
export async function readNetcdf<T>(path: string, use: (file: Netcdf) => T): Promise<T> {
  const bytes = await readFile(path);
  return bytes.subarray(1, 4).toString('latin1') === 'HDF' ? readHdf5(path, use) : readClassic(bytes, use);
}

async function readHdf5<T>(path: string, use: (file: Netcdf) => T): Promise<T> {
  const { File, ready } = await import('#h5wasm');
  (await ready).activate_throwing_error_handler();
  const file = new File(path, 'r');
  const get: unknown = Reflect.get(file, 'get');
  try {
    return use({
      variable: (name) => {
        const dataset: unknown = typeof get === 'function' ? Reflect.apply(get, file, [name]) : undefined;
        if (typeof dataset !== 'object' || dataset === null) return undefined;
        const shape = numbersOf(Reflect.get(dataset, 'shape'));
        return { values: numbersOf(Reflect.get(dataset, 'value')), shape };
      },
      attribute: (name) => textOf(file.attrs[name]?.value),
    });
  } finally {
    file.close();
  }
}

async function readClassic<T>(bytes: Uint8Array, use: (file: Netcdf) => T): Promise<T> {
  const { NetCDFReader } = await import('netcdfjs');
  const file = new NetCDFReader(bytes);
  return use({
    variable: (name) => {
      const found = file.variables.find((one) => one.name === name);
      if (found === undefined) return undefined;
      const shape = found.dimensions.map((at) => file.dimensions[at]?.size ?? 0);
      // A record dimension has the size 0 in the header.
      const shown = shape.map((size) => (size === 0 ? file.recordDimension.length : size));
      return { values: numbersOf(file.getDataVariable(found)), shape: shown };
    },
    attribute: (name) => textOf(file.globalAttributes.find((one) => one.name === name)?.value),
  });
}

function numbersOf(value: unknown): number[] {
  if (typeof value === 'number' || typeof value === 'bigint') return [Number(value)];
  if (Array.isArray(value)) return value.flatMap((one: unknown) => numbersOf(one));
  if (!ArrayBuffer.isView(value)) return [];
  const length: unknown = Reflect.get(value, 'length');
  return Array.from({ length: Number(length) }, (_, at) => Number(Reflect.get(value, at)));
}

function textOf(value: unknown): string | undefined {
  const single: unknown = Array.isArray(value) || ArrayBuffer.isView(value) ? Reflect.get(value, 0) : value;
  if (typeof single === 'string') return single.replace(/\0+$/u, '').trim();
  return typeof single === 'number' || typeof single === 'bigint' ? String(single) : undefined;
}
