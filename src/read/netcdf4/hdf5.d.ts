/** As much of h5wasm as is used here: its functions over the C library, without its classes. */

export interface TypeMetadata {
  /** H5T_class_t. */
  readonly type: number;
  readonly size: number;
  readonly signed: boolean;
  readonly littleEndian: boolean;
  /** Whether it is a text of variable length. */
  readonly vlen: boolean;
  readonly strpad?: number;
  readonly compound_type?: { readonly members: readonly MemberMetadata[] };
  readonly array_type?: TypeMetadata & { readonly shape: readonly number[] };
  readonly vlen_type?: TypeMetadata;
}

export interface MemberMetadata extends TypeMetadata {
  readonly name: string;
  readonly offset: number;
}

export interface ArrayMetadata extends TypeMetadata {
  /** `null`: there is no array, as in an attribute without values. */
  readonly shape: readonly number[] | null;
  readonly maxshape: readonly number[] | null;
  readonly chunks: readonly number[] | null;
  /** Of a dataset that is put together of others. */
  readonly virtual_sources?: readonly object[];
}

export interface OpenStream {
  readonly fd: number;
  position: number;
}

/** What Emscripten's system calls ask of files. */
export interface FileSystem {
  readonly ErrnoError: new (errno: number) => Error;
  createStream(stream: object): OpenStream;
  closeStream(fd: number): void;
}

export interface Hdf5 {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  readonly FS: FileSystem;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  open(path: string, mode: number, trackOrder: boolean, libverLow: number, libverHigh: number): bigint;
  close_file(file: bigint): number;
  /** 0 group, 1 dataset, 2 type, 3 broken link, 4 link to another file; -1: unknown. */
  get_type(file: bigint, path: string): number;
  get_names(file: bigint, path: string, recursive: boolean): string[];
  get_attribute_names(file: bigint, path: string): string[];
  get_attribute_metadata(file: bigint, path: string, name: string): ArrayMetadata;
  get_attribute_data(file: bigint, path: string, name: string, pointer: bigint): number;
  get_dataset_metadata(file: bigint, path: string): ArrayMetadata;
  get_dataset_filters(file: bigint, path: string): { readonly id: number; readonly name: string }[];
  get_dataset_data(
    file: bigint,
    path: string,
    count: bigint[] | null,
    offset: bigint[] | null,
    stride: bigint[] | null,
    pointer: bigint,
  ): number;
  reclaim_vlen_memory(file: bigint, path: string, attribute: string, pointer: bigint): number;
  reclaim_vlen_memory_count(file: bigint, path: string, attribute: string, pointer: bigint, count: bigint[]): number;
  /** The 8 bytes that stand for an object. */
  create_object_reference(file: bigint, path: string): Uint8Array;
}

export function instantiate(options: {
  readonly mayGrow: (bytes: number) => boolean;
  readonly print: (text: string) => void;
}): Promise<Hdf5>;
