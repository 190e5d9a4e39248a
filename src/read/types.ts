/** The formats that `openData` reads. */
export type DataFormat = 'netcdf3' | 'netcdf4' | 'cdf' | 'fits' | 'ccsds' | 'envi';

/** The type of the elements of a variable as the file stores them. `text`: strings; `record`: objects; `list`: arrays of any length. */
export type DataType =
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float32'
  | 'float64'
  | 'complex64'
  | 'complex128'
  | 'text'
  | 'record'
  | 'list';

/** A typed array that holds numbers of 8 to 64 bits. */
export type TypedArray =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** One value of an attribute; integers of 64 bits are `bigint`. */
export type AttributeScalar = string | number | bigint | boolean | null;

/** The value of an attribute: one, several, or objects and arrays where the file has compound types. */
export type Attribute = AttributeScalar | readonly Attribute[] | { readonly [name: string]: Attribute };

/** Which part of a variable to read, and how. Default: all of it, decoded. */
export interface ReadOptions {
  /** The first index along each axis; default 0. */
  readonly start?: readonly number[] | undefined;
  /** How many elements along each axis; default: as many as there are. */
  readonly count?: readonly number[] | undefined;
  /** Every n-th element along each axis; default 1. */
  readonly stride?: readonly number[] | undefined;
  /**
   * Whether to decode stored values: scale and offset applied, fill values as `NaN`, times as nanoseconds since 1970, text as
   * strings. Default `true`. With `false`, you get the stored values in the stored type, in C order.
   */
  readonly decode?: boolean | undefined;
}

/** An array of several dimensions in C order: the last index varies fastest. */
export interface NdArray {
  /** The elements, one after the other. Times are a `BigInt64Array` of nanoseconds since 1970-01-01 UTC. */
  readonly data: TypedArray | BigInt64Array | BigUint64Array | string[] | unknown[];
  /** The length of each axis; empty for a single value. */
  readonly shape: number[];
  /** The distance in `data` between neighbouring elements along each axis. */
  readonly strides: number[];
}

/** A variable, an image, or a column of a table. Its values are read only by `read()`. */
export interface Variable {
  /** The name, including its groups: `meta_data/altitude`. */
  readonly name: string;
  /** The stored type. */
  readonly dtype: DataType;
  /** The length of each axis, the slowest first. */
  readonly shape: number[];
  /** The name of each axis, as long as `shape`; an empty string if the file names none. */
  readonly dimensions: string[];
  /** The attributes by name. */
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** The unit, as written in the file. */
  readonly units?: string;
  /** The stored value that stands for a missing one. */
  readonly fill?: number | bigint | string;
  /**
   * Reads the variable, or part of it; if the format allows it, only the bytes of that part are read.
   *
   * @throws `RangeError` when the part lies outside the variable; `TypeError` when an option has the wrong form; `DataError` when
   * the file is damaged.
   */
  read(options?: ReadOptions): Promise<NdArray>;
}

/** A group of variables with its own attributes: a group of netCDF, an HDU of FITS. */
export interface DataGroup {
  /** The attributes by name. */
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** Columns of equal length by name, for data frames. */
export interface DataTable {
  /** The number of rows. */
  readonly length: number;
  /** The columns in the requested order, decoded. */
  readonly columns: ReadonlyMap<string, TypedArray | BigInt64Array | BigUint64Array | readonly unknown[]>;
}

/** An open file. Close it, or declare it with `await using`. */
export interface DataFile extends AsyncDisposable {
  /** The format of the file, as detected from its content. */
  readonly format: DataFormat;
  /** The attributes of the file as a whole. */
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** In the order of the file. */
  readonly variables: ReadonlyMap<string, Variable>;
  /** Groups of netCDF-4 and HDUs of FITS by name; absent in formats without groups. */
  readonly groups?: ReadonlyMap<string, DataGroup>;
  /** Defects of the file that do not prevent reading. */
  readonly warnings: readonly string[];
  /**
   * One-dimensional variables of equal length as columns, decoded.
   *
   * @param names - Which ones; default: all that are as long as the most frequent first dimension.
   */
  toTable(names?: readonly string[]): Promise<DataTable>;
  /** Closes the file; later reads are refused. May be called more than once. */
  close(): Promise<void>;
}

/** Options of `openData`. */
export interface OpenDataOptions {
  /** Aborts opening and every later `read`, which then reject with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** The format, if it should not be detected from the content. Needed for CCSDS packets whose file name does not show it. */
  readonly format?: DataFormat | undefined;
}

declare global {
  // As in src/types.ts, which this part does not import: TypeScript before 5.2 knows neither.
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
  interface AsyncDisposable {
    /** Ends what is open or in flight; called by `await using` at the end of its block. */
    [Symbol.asyncDispose](): PromiseLike<void>;
  }
}
