/** The little of h5wasm that is used here. */
export const ready: Promise<{
  /** Makes HDF5 throw its errors in place of printing them. */
  activate_throwing_error_handler(): unknown;
}>;
export class File {
  constructor(path: string, mode: 'r');
  readonly attrs: Readonly<Record<string, { readonly value: unknown } | undefined>>;
  close(): unknown;
}
